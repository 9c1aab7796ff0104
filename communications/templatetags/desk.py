"""Sealed text as staff see it: its own direction, and no sign that could make it read as something else."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from iesogi.vault import files

register = template.Library()
# Signs that turn the direction of what follows, or hide: shown by name (sealed_cases.md 8).
HIDDEN = {
    "\u061c": "ALM", "\u200b": "ZWSP", "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE",
    "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO", "\u2060": "WJ", "\u2066": "LRI", "\u2067": "RLI",
    "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
}  # fmt: skip
MARKS = str.maketrans({sign: f"⟦{name}⟧" for sign, name in HIDDEN.items()})


def marked(text: str) -> str:
    return text.translate(MARKS)


FIELDS = {
    "code": gettext_lazy("In the report"),
    "name": gettext_lazy("Name"),
    "birth": gettext_lazy("Born, or age"),
    "nationality": gettext_lazy("Nationality"),
    "occupation": gettext_lazy("Occupation"),
    "address": gettext_lazy("Address"),
    "other": gettext_lazy("Other"),
    "organization": gettext_lazy("Organization"),
    "relation": gettext_lazy("Relation to the people concerned"),
    "email": gettext_lazy("Email"),
    "phone": gettext_lazy("Phone"),
    "language": gettext_lazy("Language"),
    "safe_contact": gettext_lazy("How to reach them safely"),
    "may_contact": gettext_lazy("May be contacted"),
    "text": gettext_lazy("Text"),
    "by": gettext_lazy("Written by"),
}


@register.filter
def field_label(key):
    """What a key of an identity record is called; an unknown one by its own name."""
    return FIELDS.get(key, key)


@register.filter
def sealed(text):
    """A text of the case, line breaks kept by the style sheet."""
    return format_html('<bdi dir="auto" class="sealed">{}</bdi>', marked(str(text or "")))


register.filter("explained", files.explained)


@register.filter
def snippet(hit):
    """The found words of a search marked; `hit` is (before, found, after)."""
    return format_html('<bdi dir="auto">{}<mark>{}</mark>{}</bdi>', *(marked(part) for part in hit))
