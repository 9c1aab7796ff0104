"""Addresses on the web that people type in."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

validate_web = URLValidator(
    schemes=["https", "http"],
    message=_("This is not an address on the web. Copy it from the browser, for example https://example.org/law."),
)
