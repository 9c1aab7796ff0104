"""Words in drawings are shaped as words.

WeasyPrint lays out the text of an SVG sign by sign (its issues 2249 and 2909), which tears Arabic apart and sets it
from left to right. Our drawings place whole words and never single signs, so a text is handed over as one piece. A
test holds it: the day it passes without this module, the module can go.
"""


class OnePiece(str):
    """A text that is one piece for whoever goes through its signs."""

    __slots__ = ()

    def __iter__(self):
        yield str(self)


def join_words_of_drawings(svg) -> None:
    """`svg` is the module `weasyprint.svg`; twice does nothing twice."""
    svg.Node.text = property(_text)


def _text(node):
    text = node._etree_node.text
    return OnePiece(text) if text else text
