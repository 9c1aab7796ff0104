"""From a paragraph as stored to HTML: bound figures, lettered items, footnote marks.

One rendering serves the page and the PDF, so a figure reads the same in both.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from iesogi.reference.figures import qualified
from iesogi.reference.models import Figure

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
FOOTNOTE_MARK = re.compile(r"\[\^(\d+)\]")
LETTERED = re.compile(r"^\(([a-z])\)\s+")
ALLOWED_TAGS = {"em", "strong", "a"}

_markdown = MarkdownIt("commonmark", {"html": False})


class UnboundFigureError(ValueError):
    """A paragraph names a figure that the programme does not have."""


class Block(NamedTuple):
    """A piece of a paragraph: running text, or an item with its letter."""

    letter: str
    html: SafeString


def figures_by_code(figures: Iterable[Figure]) -> dict[str, str]:
    return {figure.code: qualified(figure.quantity, figure.qualifier) for figure in figures}


def bind(body: str, figures: Mapping[str, str]) -> str:
    """Put the figures where their codes stand. Raises UnboundFigureError for a code nobody knows."""

    def value(match: re.Match) -> str:
        if match[1] not in figures:
            raise UnboundFigureError(
                _("The text names the figure “%(code)s”, which the programme does not have.") % {"code": match[1]}
            )
        return figures[match[1]]

    return PLACEHOLDER.sub(value, body)


def inline(text: str) -> SafeString:
    """One run of Markdown without paragraphs around it, with nothing but emphasis and links left."""
    html = nh3.clean(_markdown.renderInline(text), tags=ALLOWED_TAGS, attributes={"a": {"href"}})
    return mark_safe(html)  # noqa: S308 - cleaned one line above


def blocks(body: str, figures: Mapping[str, str], footnote: Callable[[int], str]) -> list[Block]:
    """The paragraph in pieces; `footnote(number)` gives the HTML that stands in place of a mark `[^n]`."""
    pieces = []
    for piece in re.split(r"\n\s*\n", bind(body, figures).strip()):
        text = " ".join(piece.split())
        letter = LETTERED.match(text)
        html = inline(text[letter.end() :] if letter else text)
        html = FOOTNOTE_MARK.sub(lambda match: footnote(int(match[1])), html)
        pieces.append(Block(letter[1] if letter else "", mark_safe(html)))  # noqa: S308 - built from cleaned parts
    return pieces


def linked_mark(number: int) -> SafeString:
    """The mark of a web page: a link down to the note."""
    return format_html('<sup><a id="mark-{0}" href="#footnote-{0}">{0}</a></sup>', number)
