"""Where a theme, a report and a milestone stand, with the steps that are legal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThemeStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")


class Concern(models.TextChoices):
    """For the balance between sexual orientation and gender identity (WP 2021-2023 para 18)."""

    SEXUAL_ORIENTATION = "sexual_orientation", _("Sexual orientation")
    GENDER_IDENTITY = "gender_identity", _("Gender identity")
    BOTH = "both", _("Both")


class ReportState(models.TextChoices):
    """WP 2021-2023 para 19; issue comes after editing and translation (domain.md 4.6)."""

    PLANNED = "planned", _("Planned")
    RESEARCH = "research", _("In research")
    DRAFTING = "drafting", _("In drafting")
    OBSERVATIONS = "observations", _("With the Special Procedures Branch for observations")
    SUBMITTED = "submitted", _("Submitted to document services")
    ISSUED = "issued", _("Issued")
    PRESENTED = "presented", _("Presented")

    @property
    def successors(self):
        return NEXT[self]

    @property
    def public_label(self):
        """What the public page says: how far inside the house a report is, is nobody else's business."""
        return PUBLIC_LABELS.get(self, _("In preparation"))


NEXT = {
    ReportState.PLANNED: {ReportState.RESEARCH},
    ReportState.RESEARCH: {ReportState.DRAFTING, ReportState.PLANNED},
    ReportState.DRAFTING: {ReportState.OBSERVATIONS, ReportState.RESEARCH},
    ReportState.OBSERVATIONS: {ReportState.SUBMITTED, ReportState.DRAFTING},
    ReportState.SUBMITTED: {ReportState.ISSUED, ReportState.DRAFTING},
    ReportState.ISSUED: {ReportState.PRESENTED},
    ReportState.PRESENTED: set(),
}
# As lazy strings of their own, so that the label follows the language of the page.
PUBLIC_LABELS = {
    ReportState.PLANNED: _("Planned"),
    ReportState.ISSUED: _("Issued"),
    ReportState.PRESENTED: _("Presented"),
}
OUT = {ReportState.ISSUED, ReportState.PRESENTED}
# Steps of drafting belong to people paid by OHCHR (WP 2021-2023 para 19b).
OHCHR_ONLY = {ReportState.DRAFTING, ReportState.OBSERVATIONS, ReportState.SUBMITTED}


class Stage(models.TextChoices):
    """The standard method as milestones of a report (WP 2021-2023 para 19)."""

    LITERATURE_REVIEW = "literature_review", _("Literature review and background document")
    CALL_FOR_INPUTS = "call_for_inputs", _("Call for inputs")
    PUBLIC_CONSULTATION = "public_consultation", _("Public consultation")
    EXPERT_MEETING = "expert_meeting", _("Expert meeting")
    AD_HOC = "ad_hoc", _("Ad hoc mechanism")
    DRAFTING = "drafting", _("Drafting")
    BRANCH_OBSERVATIONS = "branch_observations", _("Observations of the Special Procedures Branch")
    SUBMISSION = "submission", _("Submission on the slot date")
    EDIT_TRANSLATE = "edit_translate", _("Editing and translation")
    ISSUE = "issue", _("Issue in six languages")
    INTERACTIVE_DIALOGUE = "dialogue", _("Interactive dialogue")
    DISSEMINATION = "dissemination", _("Dissemination")


# Steps that only people paid by OHCHR finish (WP 2021-2023 para 19b).
OHCHR_STAGES = {Stage.DRAFTING, Stage.BRANCH_OBSERVATIONS, Stage.SUBMISSION}


class Part(models.TextChoices):
    """What one person does for a step; they follow in this order (WP 2021-2023 para 19a)."""

    PREPARES = "prepares", _("Prepared")
    SUPERVISES = "supervises", _("Guided")
    APPROVES = "approves", _("Approved")


class Verdict(models.TextChoices):
    GIVEN = "given", _("Given")
    RETURNED = "returned", _("Sent back")
