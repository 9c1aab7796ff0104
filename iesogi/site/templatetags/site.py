"""What every public page carries: the menu and the same page in the other languages."""

from typing import NamedTuple

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

register = template.Library()

MENU = [
    ("home", _("Home")),
    ("reports:list", _("Reports")),
    ("visits:list", _("Visits")),
    ("programme:detail", _("Work programme")),
    ("calendar", _("Calendar")),
    ("about", _("About")),
]


class Entry(NamedTuple):
    label: str
    url: str
    current: bool


class LanguageLink(NamedTuple):
    code: str
    name: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def menu(context):
    path = getattr(context.get("request"), "path", "")
    return [Entry(label, reverse(name), reverse(name) == path) for name, label in MENU]


@register.simple_tag(takes_context=True)
def languages(context):
    """The same address under each language's prefix; an error page, which has no address, leads home."""
    request = context.get("request")
    path = request.get_full_path() if request is not None and request.resolver_match else reverse("home")
    current = get_language()
    return [
        LanguageLink(code, get_language_info(code)["name_local"], translate_url(path, code), code == current)
        for code, _name in settings.LANGUAGES
    ]
