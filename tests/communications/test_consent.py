"""The ledger of consent: the last line counts, a no always closes, a yes of somebody unknown opens nothing."""

import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from communications.cases import consent
from communications.cases.enums import Consent, Use
from iesogi.vault.enums import Kind
from iesogi.vault.records import Opened

START = datetime(2021, 6, 21, tzinfo=UTC)
EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "40"))
CODES = st.sampled_from(["A", "B", "C", "group"])
ANSWERS = st.sampled_from(Consent.values)


def opened(kind, content, at):
    return Opened(uuid4(), kind, START + timedelta(minutes=at), content)


def line(code="*", use="*", answer="no", at=1):
    return opened(Kind.CONSENT, {"code": code, "use": use, "answer": answer}, at)


def report(answers, at=0):
    """`answers` by code; the code "group" becomes the group of the report."""
    victims = [{"code": code, "consent": given} for code, given in answers.items() if code != "group"]
    content = {"victims": victims}
    if "group" in answers:
        content["group"] = {"consent": answers["group"]}
    return opened(Kind.REPORT, content, at)


def all_yes(*codes):
    return {code: dict.fromkeys(Use.values, "yes") for code in codes}


uses = st.dictionaries(st.sampled_from(Use.values), ANSWERS)
reports = st.builds(report, st.dictionaries(CODES, uses, max_size=3))
lines = st.lists(
    st.builds(
        line,
        code=st.one_of(CODES, st.just("*")),
        use=st.sampled_from([*Use.values, "*"]),
        answer=ANSWERS,
        at=st.integers(1, 6),
    ),
    max_size=8,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(reports, lines, st.randoms())
def test_order_of_reading_changes_nothing(first, ledger, chance):
    records = [first, *ledger]
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert consent.standing(shuffled) == consent.standing(records)
    assert consent.is_withdrawn(shuffled) == consent.is_withdrawn(records)


@settings(max_examples=EXAMPLES, deadline=None)
@given(reports, lines, CODES, st.sampled_from(Use.values), ANSWERS)
def test_last_line_counts(first, ledger, code, use, answer):
    found = consent.standing([first, *ledger, line(code, use, answer, at=10)])
    before = consent.standing([first, *ledger])
    if code in before or answer != Consent.YES:
        assert found[code][use] == answer
    else:
        assert found == before


@settings(max_examples=EXAMPLES, deadline=None)
@given(reports, lines, st.one_of(CODES, st.just("*")), st.sampled_from([*Use.values, "*"]))
def test_another_no_never_loosens_a_column(first, ledger, code, use):
    def columns(records):
        return consent.columns(consent.standing(records), withdrawn=consent.is_withdrawn(records))

    before = columns([first, *ledger])
    after = columns([first, *ledger, line(code, use, "no", at=10)])
    loosened = [name for name in consent.COLUMNS.values() if after[name] and not before[name]]
    assert loosened == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(reports, lines, st.one_of(CODES, st.just("*")), st.sampled_from([*Use.values, "*"]), ANSWERS)
def test_what_acts_blindly_is_never_looser_than_what_staff_will_read(first, ledger, code, use, answer):
    last = line(code, use, answer, at=10)
    before = consent.columns(consent.standing([first, *ledger]), withdrawn=consent.is_withdrawn([first, *ledger]))
    blind = before | consent.forbidden_by([last.content])
    if answer == Consent.YES or code not in {*consent.standing([first, *ledger]), "*"}:
        return
    records = [first, *ledger, last]
    read = consent.columns(consent.standing(records), withdrawn=consent.is_withdrawn(records))
    assert [name for name in consent.COLUMNS.values() if blind[name] and not read[name]] == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(reports, lines)
def test_withdrawn_case_agrees_to_nothing(first, ledger):
    columns = consent.columns(consent.standing([first, *ledger]), withdrawn=True)
    assert not any(columns[name] for name in consent.COLUMNS.values())


def test_strictest_of_all_victims_counts():
    answers = all_yes("A", "B")
    answers["B"]["in_press"] = "unable_to_ask"
    found = consent.standing([report(answers)])
    assert consent.columns(found) == {
        "agrees_to_letter": True,
        "may_be_named_to_state": True,
        "may_be_named_publicly": True,
        "may_be_named_in_press": False,
        "consent_withdrawn": False,
    }


def test_nobody_to_ask_agrees_to_nothing():
    assert not any(consent.columns(consent.standing([report({})])).values())


def test_a_name_goes_into_no_letter_that_nobody_agrees_to():
    answers = all_yes("A")
    answers["A"]["letter"] = "not_asked"
    assert not consent.columns(consent.standing([report(answers)]))["may_be_named_to_state"]


def test_yes_for_somebody_unknown_opens_nothing_and_a_no_closes():
    assert consent.standing([report(all_yes("A")), line("Z", "*", "yes")]) == consent.standing([report(all_yes("A"))])
    closed = consent.standing([report(all_yes("A")), line("Z", "in_press", "no")])
    assert not consent.columns(closed)["may_be_named_in_press"]


def test_no_and_yes_of_the_same_moment_is_a_no():
    records = [report(all_yes("A")), line("A", "in_press", "no"), line("A", "in_press", "yes")]
    assert consent.standing(records)["A"][Use.IN_PRESS] == Consent.NO


def test_consent_given_again_ends_a_withdrawal():
    records = [report(all_yes("A")), line("*", "*", "no", at=1)]
    assert consent.is_withdrawn(records)
    records.append(line("*", "letter", "yes", at=2))
    assert not consent.is_withdrawn(records)
    columns = consent.columns(consent.standing(records))
    assert columns["agrees_to_letter"]
    assert not columns["may_be_named_to_state"]


def test_words_nobody_knows_count_as_not_asked():
    found = consent.standing([report({"A": {"letter": "sure", "hobby": "yes"}}), line("A", "hobby", "yes")])
    assert found["A"] == dict.fromkeys(Use, Consent.NOT_ASKED)
