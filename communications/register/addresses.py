"""Permanent addresses of public letters: the reference without its type, `/communications/KAZ-2-2019/`.

The public database of OHCHR looks letters up by the same code (domain.md 1.6). A row's key stands in no address: it
would tell how many letters there are that are not public.
"""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import translation

from communications.models import Letter
from communications.references import MalformedReferenceError, parse
from communications.register.models import FormerAddress


def slug_of(letter: Letter) -> str:
    return f"{letter.reference_code}-{letter.number}-{letter.year}" if letter.number else ""


def address_of(letter: Letter) -> str:
    """Empty for a letter without a number."""
    slug = slug_of(letter)
    return reverse("communications:detail", args=[slug]) if slug else ""


def permanent_address(letter: Letter) -> str:
    """The same whatever language it was read in."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.PORTAL_URL.rstrip("/") + address_of(letter)


def keep(letter: Letter) -> None:
    """Remember the address of a public letter, so that it leads on whatever is corrected later."""
    if letter.public and (slug := slug_of(letter)):
        FormerAddress.objects.update_or_create(slug=slug, defaults={"letter": letter})


def find(slug: str) -> Letter:
    """The public letter of this address, in any spelling of it; else 404, the same as for one that does not exist."""
    try:
        reference = parse(_spelled(slug))
    except MalformedReferenceError as error:
        raise Http404 from error
    code, number, year = reference.country, reference.number, reference.year
    public = Letter.objects.published().select_related("country", "publication")
    letter = public.filter(reference_code=code, number=number, year=year).first()
    letter = letter or public.filter(former_addresses__slug=f"{code}-{number}-{year}").first()
    if letter is None:
        raise Http404
    return letter


def _spelled(slug: str) -> str:
    """`al-kaz-2-2019` as `al kaz 2/2019`."""
    head, dash, year = slug.rpartition("-")
    return f"{head.replace('-', ' ')}/{year}" if dash else slug
