"""Names of organisations made comparable: the same one written twice, and ones that look alike.

Two keys: `organisation_key` says "this is the same organisation" (words, accents and case aside) and may count once;
`similar_key` leaves out words of law and order too, so that what only looks alike is shown to a person.
"""

import hashlib
import hmac

from django.conf import settings

from iesogi.reference.text import fold

# Words that tell organisations apart in law and not to a reader, in the languages of the forms.
IDLE = frozenset(
    "the of for and in a an de la le les l el los las du des d y et e o da do dos pour para por al "
    "ngo ong inc ltd llc ev asbl vzw org association asociacion associacao foundation fundacion fondation "
    "organization organisation organizacion society network red reseau group groupe grupo "
    "international intl worldwide".casefold().split()
)
# Of these domains everybody may have an address, so they say nothing about who an organisation is.
FREE_MAIL = {
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "yahoo.fr", "icloud.com"),
    *("proton.me", "protonmail.com", "gmx.de", "gmx.net", "web.de", "mail.ru", "yandex.ru", "qq.com", "163.com"),
    *("aol.com", "riseup.net"),
}


def organisation_key(name: str, *, level: str, place: str) -> str:
    """The words of the name, with the level and the State or region: equal keys are one organisation."""
    return f"{fold(name)[:240]}|{level}|{place}"


def similar_key(name: str) -> str:
    """The words that matter, sorted; a name of idle words only keeps them."""
    words = fold(name).split()
    return " ".join(sorted(set(words) - IDLE) or sorted(words))[:200]


def canonical_address(address: str) -> str:
    """One mailbox, one spelling: case, dots of gmail and what follows a plus make no second address."""
    box, _at, domain = address.strip().casefold().rpartition("@")
    box = box.partition("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        box, domain = box.replace(".", ""), "gmail.com"
    return f"{box}@{domain}"


def address_key(address: str) -> str:
    """A keyed hash of the mailbox: equal for equal mailboxes, and of no use without this portal's secret."""
    return hmac.new(settings.SECRET_KEY.encode(), canonical_address(address).encode(), hashlib.sha256).hexdigest()


def domain_of(address: str) -> str:
    """The domain of an organisation's own mail; empty where everybody may have an address."""
    domain = address.strip().casefold().rpartition("@")[2]
    return "" if domain in FREE_MAIL else domain
