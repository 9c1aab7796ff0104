"""A program of its own, run by `iesogi.vault.cleaning`: a file comes in by a pipe, its cleaned copy goes out by one.

Nothing here imports the portal, and the portal imports nothing from here but the table of kinds.
"""
