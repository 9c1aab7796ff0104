"""What public pages carry: the menu, the same page in the other languages, the question that a list was asked."""

from functools import cache
from typing import NamedTuple

from django import template
from django.conf import settings
from django.template.loader_tags import BlockNode
from django.urls import get_urlconf, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

register = template.Library()

MENU = [
    ("home", _("Home")),
    ("intake:submit", _("Report a violation")),
    ("reports:list", _("Reports")),
    ("calls:list", _("Calls for inputs")),
    ("visits:list", _("Visits")),
    ("recommendations:list", _("Recommendations")),
    ("communications:list", _("Letters")),
    ("programme:detail", _("Work programme")),
    ("campaigns:list", _("Campaigns")),
    ("newsletter:subscribe", _("Newsletter")),
    ("calendar", _("Calendar")),
    ("thread:door", _("Come back with your number")),
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


@cache
def _places(language, urlconf):
    """Words and addresses of the menu: the same for everybody who reads in that language, so worked out once."""
    return [(str(label), reverse(name, urlconf=urlconf)) for name, label in MENU]


class Constant(template.Node):
    """Rendered once for each language, without anything of the request, so that it can be the same for everybody."""

    def __init__(self, nodelist):
        self._nodelist, self._rendered = nodelist, {}

    def render(self, context):
        where = get_language(), get_urlconf()
        if where not in self._rendered:
            self._rendered[where] = self._nodelist.render(context.new())
        return self._rendered[where]


@register.tag
def constant(parser, token):
    """`{% constant %}...{% endconstant %}`: words, addresses and files that no visitor and no answer changes.

    No variable of the page is known in it, and no block can stand in it, which another page would fill otherwise.
    """
    nodelist = parser.parse(["endconstant"])
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise template.TemplateSyntaxError("A block changes from page to page, so none can stand in {% constant %}.")
    return Constant(nodelist)


@register.simple_block_tag
def scrolling_table(content, caption, classes="table"):
    """A table that scrolls sideways on a small screen, for keys as well: a region that takes the focus, with a name.

    `content` is what stands between caption and end of the table.
    """
    return format_html(
        '<div class="table-responsive" role="region" tabindex="0" aria-label="{}">'
        '<table class="{}"><caption>{}</caption>{}</table></div>',
        caption,
        classes,
        caption,
        content,
    )


@register.simple_tag(takes_context=True)
def asked(context):
    """The question of this page as it goes into the address of a file: filters, without the number of the page."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    if context.get("country"):
        query["state"] = context["country"].iso3
    return f"?{query.urlencode()}" if query else ""


@register.simple_tag(takes_context=True)
def menu(context):
    path = getattr(context.get("request"), "path", "")
    return [Entry(label, url, url == path) for label, url in _places(get_language(), get_urlconf())]


@register.simple_tag(takes_context=True)
def languages(context):
    """The same address under each language's prefix; an error page, which has no address, leads home."""
    request = context.get("request")
    current = get_language()
    path = request.get_full_path() if request is not None and request.resolver_match else reverse("home")
    bare = path.removeprefix(f"/{current}") if current != settings.LANGUAGE_CODE else path
    return [
        LanguageLink(code, name, bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}", code == current)
        for code, name in _names()
    ]


@cache
def _names():
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
