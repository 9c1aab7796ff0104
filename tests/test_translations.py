"""The catalogues: nothing fuzzy, nothing missing where the public reads, every placeholder in its place."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation

from iesogi.site.templatetags.site import MENU

LOCALE = settings.BASE_DIR / "locale"
TEMPLATES = settings.BASE_DIR / "templates"
COMPLETE = ["fr", "es"]
PLURAL_FORMS = {"fr": 2, "es": 2, "ar": 6}

# Folders and pages that somebody without a login may see; the login and the frame of a PDF among them.
PUBLIC_FOLDERS = ["account", "allauth", "components", "mfa", "pdf", "programme", "reports", "site", "visits"]
PUBLIC_FILES = [
    *TEMPLATES.glob("*.html"),
    *(file for folder in PUBLIC_FOLDERS for file in (TEMPLATES / folder).rglob("*.html")),
]
PUBLIC_PAGES = sorted(str(file.relative_to(TEMPLATES)) for file in PUBLIC_FILES)
# Arabic is begun: what frames every page, the way in, and the pages that answer an error.
BEGUN_IN_ARABIC = [
    page
    for page in PUBLIC_PAGES
    if "/" not in page or page.startswith(("components/", "account/")) or page == "site/home.html"
]
# Labels that reach the same pages from code.
PUBLIC_CODE = re.compile(
    r"^(?:.*/)?enums\.py$|^iesogi/site/(?:calendar|templatetags/.*)\.py$|^(?:reports|visits)/(?:agenda|calendar)\.py$"
    r"|^iesogi/programme/(?:annexes|computed|exhibits|notes|snapshot)\.py$"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w+\}")
MARKUP = re.compile(r"&#?\w+;|<[^>]+>")
ARABIC = re.compile(r"[\u0600-\u06ff]")


@cache
def catalogue(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(text):
    """Singular and plural alike, as a list."""
    return [text] if isinstance(text, str) else list(text)


def is_translated(message):
    return message is not None and all(forms(message.string))


@cache
def words_of(page):
    """(context, text) of everything that a template hands to gettext, read from the template itself."""
    nodes = get_template(page).template.nodelist
    found = set()
    for node in nodes.get_nodes_by_type(TranslateNode):
        found.add((context_of(node), node.filter_expression.var.literal.replace("%", "%%")))
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        found.add((context_of(node), node.render_token_list(node.singular)[0]))
    return sorted(found, key=str)


def context_of(node):
    return node.message_context.resolve({}) if node.message_context else None


def missing(page, language):
    texts = catalogue(language)
    return [text for context, text in words_of(page) if not is_translated(texts.get(text, context))]


def test_public_pages_are_found():
    assert {"base.html", "404.html", "site/home.html", "account/login.html"} <= set(PUBLIC_PAGES)
    assert (None, "Protection against violence and discrimination") in words_of("site/home.html")
    assert len(BEGUN_IN_ARABIC) > 10


@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize("page", PUBLIC_PAGES)
def test_public_pages_are_french_and_spanish(page, language):
    assert not missing(page, language), "Run `make messages` and translate these in locale/."


@pytest.mark.parametrize("language", COMPLETE)
def test_public_labels_are_french_and_spanish(language):
    public = [each for each in catalogue(language) if any(PUBLIC_CODE.match(file) for file, _line in each.locations)]
    assert len(public) > 250
    assert not [each.id for each in public if not is_translated(each)]


@pytest.mark.parametrize("page", BEGUN_IN_ARABIC)
def test_arabic_is_begun_where_everybody_passes(page):
    assert not missing(page, "ar")


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_no_entry_is_fuzzy_or_left_over(language):
    assert not [each.id for each in catalogue(language) if each.fuzzy and each.id]
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_placeholders_and_markup_agree(language):
    wrong = []
    for each in catalogue(language):
        source, texts = forms(each.id), forms(each.string)
        if not each.id or not any(texts):
            continue
        known = {mark for text in source for mark in PLACEHOLDER.findall(text)}
        for text in texts:
            marks = set(PLACEHOLDER.findall(text))
            # One form of a plural may say its number in a word.
            agrees = marks <= known if each.pluralizable else marks == known
            if not agrees or sorted(MARKUP.findall(text)) != sorted(MARKUP.findall(source[0])):
                wrong.append((each.id, text))
    assert not wrong


@pytest.mark.parametrize(("language", "number"), PLURAL_FORMS.items())
def test_plurals_have_every_form_or_none(language, number):
    assert catalogue(language).num_plurals == number
    plurals = [each for each in catalogue(language) if each.pluralizable]
    assert plurals
    assert not [each.id for each in plurals if len({bool(text) for text in each.string}) != 1]


def test_french_is_set_as_french():
    """Narrow no-break spaces before double signs and inside guillemets; curly apostrophes."""
    plain = re.compile(r"[ \u00a0][;:?!»](?!\S*/)|«[ \u00a0]|\w'\w")
    assert not [text for each in catalogue("fr") for text in forms(each.string) if plain.search(text)]


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_compiled_catalogues_are_not_behind(language):
    source = LOCALE / language / "LC_MESSAGES" / "django.po"
    compiled = Path(source).with_suffix(".mo")
    assert compiled.exists(), "Run `make messages`."
    assert compiled.stat().st_mtime >= source.stat().st_mtime, "Run `make messages`."


def test_menu_is_arabic():
    with translation.override("ar"):
        assert all(ARABIC.search(str(label)) for _name, label in MENU)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "direction", "heading"),
    [
        ("fr", "ltr", "Protection contre la violence et la discrimination"),
        ("es", "ltr", "Protección contra la violencia y la discriminación"),
        ("ar", "rtl", "الحماية من العنف والتمييز"),
    ],
)
def test_home_speaks_the_language_of_its_address(client, language, direction, heading):
    page = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert f"<h1>{heading}</h1>" in page
    assert "Leave this site now" not in page
