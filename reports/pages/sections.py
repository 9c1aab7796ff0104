"""The pages of a report: which there are, which milestones and acts stand on each."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reports.enums import ReportState, Stage


@dataclass(frozen=True)
class Section:
    code: str
    label: Any
    stages: tuple[Stage, ...] = ()
    acts: tuple[str, ...] = ()
    route: str = "admin:reports_report_page"  # its own where a room above knows more about the report

    def address(self, pk: Any) -> str:
        own = self.route != Section.route
        return reverse(self.route, args=[pk] if own else [pk, self.code])


def to(*states: ReportState) -> tuple[str, ...]:
    return tuple(f"to-{state}" for state in states)


SECTIONS = (
    Section("overview", _("Overview")),
    Section("plan", _("Plan"), tuple(Stage), ("plan", "slot-date", "move-slot")),
    Section(
        "research",
        _("Research"),
        (Stage.LITERATURE_REVIEW, Stage.AD_HOC),
        to(ReportState.RESEARCH, ReportState.PLANNED),
    ),
    Section("call", _("Call for inputs"), (Stage.CALL_FOR_INPUTS,)),
    Section("consultations", _("Consultations"), (Stage.PUBLIC_CONSULTATION, Stage.EXPERT_MEETING)),
    Section(
        "draft",
        _("Draft"),
        (Stage.DRAFTING, Stage.BRANCH_OBSERVATIONS),
        to(ReportState.DRAFTING, ReportState.OBSERVATIONS),
    ),
    Section(
        "processing",
        _("Processing"),
        (Stage.SUBMISSION, Stage.EDIT_TRANSLATE, Stage.ISSUE),
        to(ReportState.SUBMITTED, ReportState.ISSUED),
    ),
    Section("presentation", _("Presentation"), (Stage.INTERACTIVE_DIALOGUE,), to(ReportState.PRESENTED)),
    Section("dissemination", _("Dissemination"), (Stage.DISSEMINATION,), route="research:dissemination"),
    Section("booklet", _("Booklet")),
)
BY_CODE = {section.code: section for section in SECTIONS}
