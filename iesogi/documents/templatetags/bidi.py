"""Figures, symbols and names in Latin letters keep their order inside Arabic text."""

import re

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language_bidi

register = template.Library()
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@register.filter
def isolated(text):
    """The text by itself, from left to right, where it holds no letter that runs the other way."""
    if not get_language_bidi() or not text or RIGHT_TO_LEFT.search(str(text)):
        return text
    return format_html('<bdi dir="ltr">{}</bdi>', text)
