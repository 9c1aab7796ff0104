"""The words by which the public finds a letter: those of its public version, folded, in a column of their own."""

from communications.models import Letter
from communications.register import catalogue
from iesogi.reference.text import fold


def words_of(letter: Letter) -> str:
    """None before it is public, whatever the desk has written about it (R1)."""
    return fold(f"{catalogue.matter(letter)} {letter.other_addressee}") if letter.public else ""


def index(letter: Letter) -> None:
    """Keep them; called whenever a letter becomes public and whenever a public one is corrected."""
    found = words_of(letter)
    if found != letter.search_text:
        letter.search_text = found
        letter.save(update_fields=["search_text"])
