"""Lines break where a reader expects it, and a passage in another language says which one it is."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from iesogi.documents.rendering import typeset
from iesogi.documents.templatetags.typography import unbroken

SYMBOL = '<bdi class="unbroken" dir="ltr">{}</bdi>'


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("fr", "l’« idéologie » : oui ; non !", "l’«\u00a0idéologie\u00a0»\u00a0: oui\u00a0; non\u00a0!"),
        ("fr", "«collé» et rien", "«collé» et rien"),
        ("es", "el 35,9 % de 30 000", "el 35,9\u00a0% de 30\u00a0000"),
        ("en", "in 2019 : a colon stays as typed", "in 2019 : a colon stays as typed"),
        ("en", "para 12 of 2019", "para 12 of 2019"),
    ],
)
def test_spaces_of_quotes_and_figures_do_not_break(language, typed, kept):
    assert unbroken(typed, language) == kept


@pytest.mark.parametrize("symbol", ["A/HRC/47/27", "A/76/152", "A/HRC/RES/32/2", "A/HRC/44/53/Add.1", "A/HRC/50/L.2"])
def test_symbol_stays_in_one_piece(symbol):
    assert unbroken(f"See {symbol}.", "en") == f"See {SYMBOL.format(symbol)}."


def test_text_is_escaped():
    assert unbroken("<b>A/76/152</b>") == f"&lt;b&gt;{SYMBOL.format('A/76/152')}&lt;/b&gt;"


def languages_in(pdf):
    def below(element):
        if isinstance(element, dict):
            if "/Lang" in element:
                yield str(element["/S"]), str(element["/Lang"])
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                yield from below(kid.get_object())

    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    return str(root["/Lang"]), set(below(root["/StructTreeRoot"]))


def test_passage_in_another_language_is_named_in_the_structure():
    page = '<html lang="fr"><title>T</title><p>Bonjour</p><p lang="en">Hello <span lang="es">hola</span></p></html>'
    assert languages_in(typeset(page).content) == ("fr", {("/P", "fr"), ("/P", "en"), ("/Span", "es")})
