"""Every row is judged before any is written: new, changed, the same, or refused with row, column and sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iesogi.reference.text import fold
from reports.models import Report
from visits.models import Visit
from visits.recommendations.enums import THEMATIC, Addressee, Measure, Position, SourceKind, TagKind
from visits.recommendations.importing import cells
from visits.recommendations.importing.cells import CellRefused, States
from visits.recommendations.importing.reading import Line, Table
from visits.recommendations.models import Recommendation, RecommendationTag

SHOWN_ERRORS = 200
Tags = dict[tuple[TagKind, str], str]  # kind and code, and the label for those that are new


class Complaint(NamedTuple):
    row: int
    column: str
    sentence: str


@dataclass
class Judged:
    new: list[tuple[Recommendation, Tags]] = field(default_factory=list)
    changed: list[tuple[Recommendation, Tags, list[str]]] = field(default_factory=list)
    same: int = 0
    passed_over: int = 0
    unknown: list[str] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": self.same,
            "passed_over": self.passed_over,
            "unknown": self.unknown,
            "refused": len({complaint.row for complaint in self.complaints}),
            "complaints": [complaint._asdict() for complaint in self.complaints[:SHOWN_ERRORS]],
        }


class Judge:
    """What is asked of the database once for a whole file."""

    def __init__(self):
        self.states = States()
        country_visits = Visit.objects.country_visits().exclude(report_symbol="").select_related("country")
        self.visits = {visit.report_symbol: visit for visit in country_visits}
        self.reports = {report.symbol: report for report in Report.objects.exclude(symbol="")}

    @cached_property
    def readers(self) -> dict[str, Callable[[str], Any]]:
        return {
            "source_kind": lambda cell: cells.choice(cell, SourceKind),
            "issued_on": cells.day,
            "source_public_on": cells.day,
            "due_on": cells.day,
            "state": self.states.called,
            "addressee": lambda cell: cells.choice(cell, Addressee, Addressee.STATE),
            "measure": lambda cell: cells.choice(cell, Measure),
            "position": lambda cell: cells.choice(cell, Position, Position.NONE),
            "specificity": cells.number,
            "themes": cells.several,
            "affected_persons": cells.several,
            "sdgs": cells.goals,
        }

    def values(self, line: Line) -> tuple[dict[str, Any], Tags, list[Complaint]]:
        """Fields and tags of one row, and everything that is wrong with it."""
        complaints, found = [], {}
        for column, cell in line.row.items():
            try:
                found[column] = self.readers.get(column, str)(cell)
            except CellRefused as refused:
                complaints.append(Complaint(line.number, column, str(refused)))
        tags = _tags(found)
        if "state" in found:
            found["country"] = found.pop("state")
        return found | self._pointers(found), tags, complaints

    def _pointers(self, found: dict[str, Any]) -> dict[str, Any]:
        """The visit or report whose document this is, where the portal knows it."""
        symbol, kind = found.get("source_symbol", ""), found.get("source_kind")
        if kind == SourceKind.VISIT_REPORT and symbol in self.visits:
            return {"visit": self.visits[symbol]}
        return {"report": self.reports[symbol]} if kind in THEMATIC and symbol in self.reports else {}


def _tags(found: dict[str, Any]) -> Tags:
    tags = {(TagKind.THEME, fold(label)[:120]): label for label in found.pop("themes", [])}
    tags |= {(TagKind.PERSONS, fold(label)[:120]): label for label in found.pop("affected_persons", [])}
    return tags | {(TagKind.SDG, code): label for code, label in found.pop("sdgs", {}).items()}


def judge(table: Table) -> Judged:
    judged, asker, wanted = Judged(passed_over=table.passed_over, unknown=table.unknown), Judge(), {}
    for line in table.lines:
        values, tags, complaints = asker.values(line)
        draft = Recommendation(**values)
        draft.fill()
        complaints += _invalid(draft, line, told={complaint.column for complaint in complaints})
        if draft.reference in wanted and not complaints:
            sentence = _("“%(reference)s” stands in row %(row)d already. Give each row a reference of its own.")
            words = {"reference": draft.reference, "row": wanted[draft.reference][0].number}
            complaints.append(Complaint(line.number, "reference", sentence % words))
        judged.complaints += complaints
        wanted.setdefault(draft.reference, (line, draft, values, tags))
    if not judged.complaints:
        _compare(judged, wanted)
    return judged


def _invalid(draft: Recommendation, line: Line, *, told: set[str]) -> list[Complaint]:
    """What is wrong beyond the cells that could not be read, so that one look names everything."""
    try:
        draft.clean_fields(exclude={"country", "visit", "report", "latest", "review", "search_text", *told})
    except ValidationError as error:
        pairs = error.message_dict.items()
        return [Complaint(line.number, column, sentence) for column, found in pairs for sentence in found]
    return [] if told else _misplaced(draft, line)


def _misplaced(recommendation: Recommendation, line: Line) -> list[Complaint]:
    sentence = recommendation.misplaced
    return [Complaint(line.number, "source_symbol", sentence)] if sentence else []


def _compare(judged: Judged, wanted: dict) -> None:
    rows = Recommendation.objects.select_related("visit__country").prefetch_related("tags")
    known = rows.in_bulk(list(wanted), field_name="reference")
    for reference, (line, draft, values, tags) in wanted.items():
        present = known.get(reference)
        if present is None:
            judged.new.append((draft, tags))
            continue
        changed = [name for name, value in values.items() if getattr(present, name) != value]
        before = {(TagKind(tag.kind), tag.code) for tag in present.tags.all()}
        if set(tags) - before or (before - set(tags) and _speaks_of_tags(line)):
            changed.append("tags")
        if not changed:
            judged.same += 1
            continue
        for name in changed:
            if name != "tags":
                setattr(present, name, values[name])
        present.fill()
        judged.complaints += _misplaced(present, line)
        judged.changed.append((present, tags, changed))


def _speaks_of_tags(line: Line) -> bool:
    return bool({"themes", "affected_persons", "sdgs"} & set(line.row))


def known_tags() -> dict[tuple[TagKind, str], int]:
    return {
        (TagKind(kind), code): pk for pk, kind, code in RecommendationTag.objects.values_list("pk", "kind", "code")
    }
