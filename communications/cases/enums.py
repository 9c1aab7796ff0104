"""States of a sealed case, with what the source reads of them, and the answers that stay readable."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Matter(models.TextChoices):
    """What a submission is about (domain.md 1.1)."""

    INDIVIDUAL = "individual", _("One person, or several named persons")
    GROUP = "group", _("A group or a community")
    LAW = "law", _("A law, a bill, a policy or a practice")
    PATTERN = "pattern", _("A pattern of violations")


class Timing(models.TextChoices):
    """Ongoing and imminent matters may become urgent appeals (domain.md 1.5)."""

    HAPPENED = "happened", _("It has happened")
    ONGOING = "ongoing", _("It is going on")
    IMMINENT = "imminent", _("It is about to happen")


class Came(models.TextChoices):
    FORM = "form", _("By the public form")
    STAFF = "staff", _("Entered by staff")


class CaseState(models.TextChoices):
    """Up to the decision whether a letter is written; letters have a life of their own (domain.md 1.8)."""

    RECEIVED = "received", _("Received")
    UNDER_REVIEW = "under_review", _("Under review")
    MORE_INFO = "more_info", _("More information asked for")
    PROPOSED = "proposed", _("Proposed to the mandate holder")
    TAKEN_UP = "taken_up", _("Taken up")
    PARKED = "parked", _("Parked")
    DECLINED = "declined", _("Not taken up")
    MERGED = "merged", _("Merged into another case")
    CLOSED = "closed", _("Closed")
    ERASED = "erased", _("Erased")

    @property
    def successors(self):
        return NEXT[self]

    @property
    def public_label(self):
        """What the source reads: coarse, and the same words for every decision not yet published."""
        return PUBLIC[self]


NEXT = {
    CaseState.RECEIVED: {CaseState.UNDER_REVIEW, CaseState.MERGED, CaseState.DECLINED},
    CaseState.UNDER_REVIEW: {
        CaseState.MORE_INFO, CaseState.PROPOSED, CaseState.PARKED, CaseState.DECLINED, CaseState.MERGED,
    },
    CaseState.MORE_INFO: {CaseState.UNDER_REVIEW, CaseState.PARKED, CaseState.DECLINED, CaseState.MERGED},
    CaseState.PROPOSED: {
        CaseState.TAKEN_UP, CaseState.UNDER_REVIEW, CaseState.MORE_INFO, CaseState.PARKED, CaseState.DECLINED,
    },
    CaseState.TAKEN_UP: {CaseState.UNDER_REVIEW, CaseState.CLOSED},
    CaseState.PARKED: {CaseState.UNDER_REVIEW, CaseState.DECLINED, CaseState.CLOSED},
    CaseState.DECLINED: {CaseState.UNDER_REVIEW},
    CaseState.MERGED: {CaseState.UNDER_REVIEW},
    CaseState.CLOSED: {CaseState.UNDER_REVIEW},
    CaseState.ERASED: set(),  # its content is gone; only time takes this step
}  # fmt: skip
_READ = _("The team is reading your report.")
PUBLIC = {
    CaseState.RECEIVED: _("Your report has arrived and waits to be read."),
    CaseState.UNDER_REVIEW: _READ,
    CaseState.MORE_INFO: _("The team has a question for you. Please read the answers below."),
    CaseState.PROPOSED: _READ,
    CaseState.TAKEN_UP: _("The mandate is working on your report."),
    CaseState.PARKED: _("The mandate is not working on your report at the moment. New information may change that."),
    CaseState.DECLINED: _("The mandate has not taken up your report. Please read the answers below."),
    CaseState.MERGED: _READ,
    CaseState.CLOSED: _("The mandate has ended its work on your report. You can still add information."),
    CaseState.ERASED: _("The content of this report was deleted."),
}


class Consent(models.TextChoices):
    """One answer for one victim and one use; whatever is not a yes counts as no (domain.md 1.4, R4)."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Not asked yet")
    UNABLE_TO_ASK = "unable_to_ask", _("Could not be asked")


class Use(models.TextChoices):
    """What a victim agrees to, each by itself (domain.md 1.4)."""

    LETTER = "letter", _("A letter to the State about what happened")
    TO_GOVERNMENT = "to_government", _("The name in the letter to the State")
    IN_PUBLIC_REPORT = "in_public_report", _("The name in public reports")
    IN_PRESS = "in_press", _("The name towards the press")


class Retention(models.TextChoices):
    """Which period of `CASE_KEPT_DAYS` counts; each from the week in which the report came (R26)."""

    WORK = "work", _("Work on it")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Not taken up")
    ANONYMOUS = "anonymous", _("Nobody says who sends it")


class FileState(models.TextChoices):
    CLEANED = "cleaned", _("Cleaned copy and original")
    ORIGINAL_ONLY = "original_only", _("Original only, for the protected team")
    LEFT_OUT = "left_out", _("Left out, as the sender chose")


class DisclosureState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Criterion(models.TextChoices):
    """The minimum information for a communication (domain.md 1.3)."""

    C1 = "C1", _("Who is the alleged victim")
    C2 = "C2", _("Who is said to be responsible")
    C3 = "C3", _("Who sends the report")
    C4 = "C4", _("What happened, when and where")
    C5 = "C5", _("What was done about it")


class Outcome(models.TextChoices):
    """Why a case was not taken up, or ended; readable, because figures need it (domain.md 1.3, R3)."""

    ANONYMOUS = "anonymous_not_actionable", _("Nobody says who sends it")
    NO_CONSENT = "no_consent", _("No consent of the alleged victim")
    INSUFFICIENT = "insufficient", _("Too little information")
    OUTSIDE = "outside_mandate", _("Outside of the mandate")
    ELSEWHERE = "elsewhere", _("Dealt with by another procedure")
    UNFOUNDED = "unfounded", _("Not credible, abusive or political")
    WITHDRAWN = "withdrawn", _("Withdrawn by the source")
    LETTER_SENT = "letter_sent", _("A letter was sent")
    OTHER = "other", _("Another reason")
