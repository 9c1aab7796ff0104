"""What the coach misses, and that it never stands in the way."""

import pytest

from communications.cases.enums import Criterion
from communications.intake import coach
from communications.intake.draft import PEOPLE, PERPETRATORS, Draft
from communications.intake.steps import BY_NAME
from tests.communications.intake.conftest import ACCOUNT, case

FACTS = {"account": ACCOUNT, "begun": "14 May 2021", "place": "Market"}


def whole(**changed):
    """A report that lacks nothing; `changed` replaces answers of a page."""
    answers = {
        "matter": {"matter": "individual"},
        "state": {"country": "KAZ"},
        "facts": FACTS,
        "done": {"done_at_home": "A complaint"},
        "identity": {"your_name": "Zed", "email": "zed@example.org"},
    } | {name: value for name, value in changed.items() if name in BY_NAME}
    rows = {
        PEOPLE: changed.get("people", [{"name": "Ada", "letter": "yes"}]),
        PERPETRATORS: changed.get("perpetrators_rows", [{"kind": "state"}]),
    }
    return Draft(answers=answers, rows=rows)


def missed(draft):
    return [next(name for name, gap in coach.GAPS.items() if gap is found) for found in coach.gaps(draft)]


def test_nothing_is_missed_in_a_whole_report():
    assert missed(whole()) == []
    assert coach.unmet(whole()) == []


@pytest.mark.demand("WP-48-2")
@pytest.mark.parametrize(
    ("changed", "what", "criteria"),
    [
        ({"people": []}, ["victims"], [Criterion.C1]),
        ({"people": [{"letter": "yes"}]}, ["names"], [Criterion.C1]),
        ({"people": [{"name": "Ada"}]}, ["consent"], []),
        ({"people": [{"name": "Ada", "letter": "yes"}, {"name": "Bo", "letter": "no"}]}, ["consent"], []),
        ({"perpetrators_rows": []}, ["responsible"], [Criterion.C2]),
        ({"perpetrators_rows": [{"kind": "unknown"}]}, ["unknown"], []),
        ({"identity": {}}, ["sender"], [Criterion.C3]),
        ({"identity": {"organization": "A group"}}, ["address"], [Criterion.C3]),
        ({"facts": {}}, ["account", "when", "where"], [Criterion.C4]),
        ({"facts": FACTS | {"account": "They came."}}, ["short account"], [Criterion.C4]),
        ({"facts": FACTS | {"begun": " "}}, ["when"], [Criterion.C4]),
        ({"facts": FACTS | {"place": ""}}, ["where"], [Criterion.C4]),
        ({"facts": FACTS | {"timing": "ongoing"}}, ["urgent"], []),
        ({"facts": FACTS | {"how_known": "media"}}, ["media"], []),
        ({"done": {}}, ["done"], [Criterion.C5]),
        ({"done": {"why_nothing_done": "Fear"}}, [], []),
        ({"matter": {"matter": "law"}, "people": []}, ["law"], [Criterion.C4]),
        ({"matter": {"matter": "law"}, "law": {"title": "A bill"}, "state": {}}, ["addressee"], [Criterion.C2]),
        ({"matter": {"matter": "group"}, "people": []}, ["victims"], [Criterion.C1]),
        (
            {"matter": {"matter": "group"}, "people": [], "victims": {"number": "30"}, "consent": {"letter": "yes"}},
            [],
            [],
        ),
    ],
)
def test_what_is_missing_is_said(changed, what, criteria):
    assert missed(whole(**changed)) == what
    assert coach.unmet(whole(**changed)) == criteria


def test_every_gap_says_what_why_and_where():
    for gap in coach.GAPS.values():
        assert str(gap.missing).endswith(".")
        assert str(gap.why).endswith(".")
        assert gap.step in BY_NAME


@pytest.mark.django_db
def test_page_that_was_left_is_spoken_of_on_the_next(sender):
    sender.to("facts").press("next", account=ACCOUNT, begun="May 2021")
    assert "Where it happened." in sender.text
    assert "Who you are." not in sender.text
    sender.press("to:facts")
    assert sender.step == "facts"


@pytest.mark.django_db
def test_urgent_report_goes_to_the_last_page_at_once(sender):
    sender.to("facts").press("next", account=ACCOUNT, timing="imminent")
    assert "Go to the last page and send" in sender.text
    sender.press("review").send()
    assert case().urgent
    assert not case().meets_c3


@pytest.mark.django_db
def test_page_without_gaps_is_followed_by_silence(sender):
    sender.to("done").press("next", done_at_home="A complaint")
    assert not sender.page.xpath("//*[contains(@class, 'intake-notes')]")
