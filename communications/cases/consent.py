"""Whose consent to what: the answers of the report, then the ledger line by line; for a case the strictest counts.

A line may speak of one alleged victim ("A"), of everybody ("*"), of one use or of all ("*"). Whatever is not a yes
counts as no (domain.md 1.4, R4). A yes for a code that no report names opens nothing, a no always closes.
"""

from collections.abc import Iterable
from datetime import datetime

from communications.cases.contents import Consented, Report
from communications.cases.enums import Consent, Use
from iesogi.vault.enums import Kind
from iesogi.vault.records import Opened

ALL = "*"
GROUP = "group"
# The readable column that each use ends in.
COLUMNS = {
    Use.LETTER: "agrees_to_letter",
    Use.TO_GOVERNMENT: "may_be_named_to_state",
    Use.IN_PUBLIC_REPORT: "may_be_named_publicly",
    Use.IN_PRESS: "may_be_named_in_press",
}
Standing = dict[str, dict[Use, Consent]]  # by code of the victim
# What to keep where two answers stand: the strictest.
STRICTNESS = [Consent.YES, Consent.NOT_ASKED, Consent.UNABLE_TO_ASK, Consent.NO]


def of_report(report: Report) -> Standing:
    """As the form brought them, before anything was changed."""
    standing = {victim["code"]: _whole(victim["consent"]) for victim in report["victims"]}
    if group := report.get("group"):
        standing[GROUP] = _whole(group["consent"])
    return standing


def _whole(answers: dict[str, str]) -> dict[Use, Consent]:
    """An answer that is missing, or that nobody knows, was never asked for."""
    return {use: _answer(answers.get(use.value, "")) for use in Use}


def _answer(value: str) -> Consent:
    try:
        return Consent(value)
    except ValueError:
        return Consent.NOT_ASKED


def standing(opened: Iterable[Opened]) -> Standing:
    """What holds now, from all that was opened of a case. Other kinds of records are passed over."""
    found: Standing = {}
    for record in _in_order(opened):
        if record.kind == Kind.REPORT:
            for code, answers in of_report(record.content).items():
                found[code] = {use: _stricter(found.get(code, {}).get(use), answers[use]) for use in Use}
        else:
            _apply(record.content, found)
    return found


def _in_order(opened: Iterable[Opened]) -> list[Opened]:
    """By time; of one moment the report comes first, a no last and “everybody” after single codes: no chance in it."""
    kept = [record for record in opened if record.kind in {Kind.REPORT, Kind.CONSENT} and record.content]
    return sorted(kept, key=_place)


def _place(record: Opened) -> tuple[datetime, bool, int, bool]:
    if record.kind == Kind.REPORT:
        return record.at, False, 0, False
    return record.at, True, STRICTNESS.index(_answer(record.content["answer"])), record.content["code"] == ALL


def _stricter(first: Consent | None, second: Consent) -> Consent:
    return second if first is None else max(first, second, key=STRICTNESS.index)


def _apply(line: Consented, found: Standing) -> None:
    answer = _answer(line["answer"])
    for code in list(found) if line["code"] == ALL else [line["code"]]:
        if code not in found and answer == Consent.YES:
            continue
        answers = found.setdefault(code, dict.fromkeys(Use, Consent.NOT_ASKED))
        for use in uses_of(line["use"]):
            answers[use] = answer


def uses_of(value: str) -> list[Use]:
    return list(Use) if value == ALL else [Use(value)] if value in Use.values else []


def is_withdrawn(opened: Iterable[Opened]) -> bool:
    """Somebody took back everything, and has not agreed to anything since."""
    gone: set[str] = set()
    for record in _in_order(opened):
        if record.kind == Kind.REPORT:
            continue
        code, answer = record.content["code"], _answer(record.content["answer"])
        if answer == Consent.YES:
            gone = set() if code == ALL else gone - {code, ALL}
        elif answer == Consent.NO and record.content["use"] == ALL:
            gone.add(code)
    return bool(gone)


def strictest(found: Standing) -> dict[Use, bool]:
    """Yes only where everybody said yes; with nobody to ask, nothing is agreed to."""
    return {use: bool(found) and all(answers[use] == Consent.YES for answers in found.values()) for use in Use}


def columns(found: Standing, *, withdrawn: bool = False) -> dict[str, bool]:
    """The readable columns of a case. A name goes into no letter that nobody agrees to."""
    agreed = dict.fromkeys(Use, False) if withdrawn else strictest(found)
    agreed[Use.TO_GOVERNMENT] = agreed[Use.TO_GOVERNMENT] and agreed[Use.LETTER]
    return {COLUMNS[use]: agreed[use] for use in Use} | {"consent_withdrawn": withdrawn}


def is_narrower(row, columns: dict[str, bool]) -> bool:
    """Whether these columns close a use that is open in the row of a case."""
    return any(getattr(row, name) and not columns.get(name, True) for name in COLUMNS.values())


def forbidden_by(lines: Iterable[Consented]) -> dict[str, bool]:
    """What lines close at once, without anything being opened. A yes waits until staff have read it."""
    closed: dict[str, bool] = {}
    for line in lines:
        if _answer(line["answer"]) == Consent.YES:
            continue
        closed |= {COLUMNS[use]: False for use in uses_of(line["use"])}
        if line["use"] == ALL:
            closed["consent_withdrawn"] = True
        if Use.LETTER in uses_of(line["use"]):
            closed[COLUMNS[Use.TO_GOVERNMENT]] = False
    return closed
