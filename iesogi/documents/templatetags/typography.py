"""What a line must not be broken at: the spaces of French quotation marks and of figures, and symbols of documents."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

register = template.Library()

UNBROKEN = "\u00a0"
# A space that was typed stays a space and never begins or ends a line; none is added.
SPACES = {"": re.compile(r"(?<=\d) (?=%|\d{3}(?!\d))"), "fr": re.compile(r"(?<=«) | (?=[»:;!?])")}
SYMBOL = re.compile(r"(\bA/(?:HRC/)?(?:RES/)?\d+/(?:L\.)?\d+(?:/(?:Add|Corr|Rev)\.\d+)*)")


@register.filter
def unbroken(text, language=""):
    """The text with its spaces as the language wants them, and each symbol such as A/HRC/47/27 in one piece."""
    kept = str(text)
    for wanted in ("", language):
        kept = SPACES[wanted].sub(UNBROKEN, kept) if wanted in SPACES else kept
    parts = SYMBOL.split(kept)
    return SafeString(
        "".join(
            format_html('<bdi class="unbroken" dir="ltr">{}</bdi>', part) if index % 2 else conditional_escape(part)
            for index, part in enumerate(parts)
        )
    )
