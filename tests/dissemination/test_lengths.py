import pytest

from dissemination.posts.enums import Network
from dissemination.posts.lengths import LIMITS, length, too_long


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Hello", 5),
        ("السلام", 6),  # Arabic counts one a sign
        ("会议", 4),  # Chinese counts two
        ("see https://undocs.org/A/HRC/44/53 now", 4 + 23 + 4),
        ("🏳️‍🌈", 2),  # one emoji of four code points
        ("👍🏽", 2),
        ("line\r\nline", 9),
    ],
)
def test_length_on_twitter_is_weighed(text, units):
    assert length(Network.TWITTER, text) == units


@pytest.mark.parametrize("network", Network)
def test_text_of_just_the_limit_fits(network):
    assert too_long(network, "x" * LIMITS[network]) == ""


@pytest.mark.parametrize("network", Network)
def test_text_over_the_limit_says_by_how_much(network):
    assert "Take out at least 3." in too_long(network, "x" * (LIMITS[network] + 3))


def test_instagram_refuses_too_many_hashtags():
    assert "30 hashtags" in too_long(Network.INSTAGRAM, " ".join(f"#tag{number}" for number in range(31)))
