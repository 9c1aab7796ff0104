"""How long a post may be on each network, counted as the network counts.

Limits as the networks documented them in 2021; they are code because a wrong one is refused by the network at once.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from dissemination.posts.enums import Network

LIMITS = {Network.FACEBOOK: 63_206, Network.TWITTER: 280, Network.LINKEDIN: 3_000, Network.INSTAGRAM: 2_200}
HASHTAGS_ON_INSTAGRAM = 30
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
ADDRESS_COUNTS = 23  # Twitter shortens every address to as many signs
HASHTAG = re.compile(r"(?<!\w)#\w+")
# Scripts of one unit a sign; everything else, such as Chinese or emoji, counts two (twitter-text, version 3).
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
# Joins and variants of an emoji: they belong to the sign before.
JOINER, VARIANTS, TONES = "\u200d", ("\ufe0e", "\ufe0f"), range(0x1F3FB, 0x1F400)


def length(network: str, text: str) -> int:
    """In the units of the network; Twitter weighs signs, the others count code points of the composed text."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if network != Network.TWITTER:
        return len(text)
    addresses = ADDRESS.findall(text)
    return len(addresses) * ADDRESS_COUNTS + _weight(ADDRESS.sub("", text))


def _weight(text: str) -> int:
    total, joined = 0, False
    for sign in text:
        belongs = joined or sign in VARIANTS or ord(sign) in TONES
        joined = sign == JOINER and total > 0
        if not belongs and not joined:
            total += 1 if any(first <= ord(sign) <= last for first, last in LIGHT) else 2
    return total


def count_in_words(network: str, text: str) -> str:
    """ "143 of 280 signs" """
    return _("%(count)d of %(limit)d signs") % {"count": length(network, text), "limit": LIMITS[network]}


def too_long(network: str, text: str) -> str:
    """What is wrong with the length, as a full sentence; empty when it fits."""
    if network not in LIMITS:
        return ""
    words = {"network": Network(network).label, "count": length(network, text), "limit": LIMITS[network]}
    if words["count"] > words["limit"]:
        words["over"] = words["count"] - words["limit"]
        return (
            _("%(network)s takes %(limit)d signs and counts %(count)d in this text. Take out at least %(over)d.")
            % words
        )
    tags = len(HASHTAG.findall(text))
    if network == Network.INSTAGRAM and tags > HASHTAGS_ON_INSTAGRAM:
        return _("Instagram takes %(limit)d hashtags and this text has %(count)d. Take some out.") % {
            "limit": HASHTAGS_ON_INSTAGRAM,
            "count": tags,
        }
    return ""
