"""Text made comparable: the same on SQLite and PostgreSQL, whose own ideas of accents and case differ."""

import unicodedata


class Letters(dict):
    """What becomes of a character, looked up once: files of ten thousand rows have millions of them."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = letter if letter.isalnum() else " "
        found = "" if unicodedata.combining(letter) else plain
        if code <= 0xFFFF:  # rare planes stay out, so the table stays small
            self[code] = found
        return found


LETTERS = Letters()


def fold(text: str) -> str:
    """Lower case, without accents, hamzas, apostrophes and control characters: "Côte d'Ivoire" is "cote d ivoire".

    Search text and question are folded alike, so what a script loses by it (й and и become one) is lost on both sides.
    """
    return " ".join(unicodedata.normalize("NFKD", text).translate(LETTERS).casefold().split())
