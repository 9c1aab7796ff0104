"""Cells of staff lists, so that as many facts as are asked for fit beside the menu of a common screen."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def beneath(first, second="") -> SafeString:
    """The second fact in quiet letters below the first; each may be empty."""
    if not second:
        return format_html("{}", first)
    return format_html('{}<div class="quiet">{}</div>', first, second)
