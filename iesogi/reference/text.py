"""Text made comparable: the same on SQLite and PostgreSQL, whose own ideas of accents and case differ."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, without accents, hamzas, apostrophes and control characters: "Côte d'Ivoire" is "cote d ivoire".

    Search text and question are folded alike, so what a script loses by it (й and и become one) is lost on both sides.
    """
    letters = (character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))
    spaced = (character if character.isalnum() else " " for character in letters)
    return " ".join("".join(spaced).casefold().split())
