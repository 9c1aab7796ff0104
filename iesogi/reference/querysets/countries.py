from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from iesogi.reference.enums import UNStatus
from iesogi.reference.exceptions import UnknownCountryError
from iesogi.reference.text import fold

NAME_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")


class CountryQuerySet(models.QuerySet):
    def members(self) -> models.QuerySet:
        """The 193 member States."""
        return self.filter(status=UNStatus.MEMBER)

    def observers(self) -> models.QuerySet:
        """The Holy See and the State of Palestine: no member, so in no regional group."""
        return self.filter(status=UNStatus.OBSERVER)

    def tagged(self, code: str) -> models.QuerySet:
        """States of a region that is no UN group, for example `MENA`."""
        return self.filter(region_tags__code=code)

    def search(self, words: str) -> models.QuerySet:
        """Every word must stand in a name, of any of the six languages, or in an ISO code; accents do not count."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def by_iso3(self, code: str):
        """One State, or an UnknownCountryError that says what was expected."""
        row = self.filter(iso3=code).first() if isinstance(code, str) and len(code) == 3 else None
        if row is None:
            raise UnknownCountryError(
                _(
                    "“%(code)s” is not the ISO alpha-3 code of a member or observer State. "
                    "Use three capital letters as in KAZ, and run load_reference if the States are not loaded yet."
                )
                % {"code": code}
            )
        return row

    def in_page_order(self) -> models.QuerySet:
        """By name in the language of the page."""
        return self.order_by(name_field())

    def get_by_natural_key(self, iso3: str):
        return self.get(iso3=iso3)


def name_field() -> str:
    """The column that holds State names in the language of the page; English for a language without one."""
    language = (translation.get_language() or "en")[:2]
    return f"name_{language if language in NAME_LANGUAGES else 'en'}"
