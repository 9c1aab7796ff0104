"""What the frame of the staff site says of the vault. Costs a query only where a cookie came along."""

from django import template

from iesogi.vault import doors

register = template.Library()
# What turns or nests the direction of a text by force; the marks that Arabic and Hebrew need (U+200E, U+200F) stay.
FORCING = {place: f"[U+{place:04X}]" for place in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@register.filter
def with_marks(text):
    """Signs that could make a text read otherwise than it was written, as what they are."""
    return str(text).translate(FORCING)


@register.simple_tag
def is_vault_open(request):
    return bool(request) and request.user.is_authenticated and doors.unlocked(request) is not None
