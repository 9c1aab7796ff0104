"""What comes in to a call, for staff; each module registers its own pages as it is read here."""

from reports.contributions.admin import contributions, quotes  # noqa: F401
