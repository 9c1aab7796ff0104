"""Words of recommendation tracking (domain.md section 7; WP 2021-2023 paras 24, 32b, 43)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceKind(models.TextChoices):
    VISIT_REPORT = "visit_report", _("Report on a country visit")
    COMMUNICATION = "communication", _("Communication")
    HRC_REPORT = "hrc_report", _("Thematic report to the Human Rights Council")
    GA_REPORT = "ga_report", _("Thematic report to the General Assembly")


THEMATIC = {SourceKind.HRC_REPORT, SourceKind.GA_REPORT}


class Addressee(models.TextChoices):
    """To whom the reports after visits speak (WP 2021-2023 para 43)."""

    STATE = "state", _("State")
    NGOS = "ngos", _("Non-governmental organizations")
    INTERNATIONAL = "international", _("International community")
    UN = "un", _("United Nations agencies and programmes")
    OTHER = "other", _("Others")


class Measure(models.TextChoices):
    """What is to be done: the three parts of the recommendations of a visit report (WP 2021-2023 para 24)."""

    LAW = "law", _("Law review")
    JUSTICE = "justice", _("Access to justice")
    POLICY = "policy", _("Public policy")


class Position(models.TextChoices):
    """What the State said of it; the labels are those of the common tracking systems."""

    NONE = "none", _("No position known")
    SUPPORTED = "supported", _("Supported")
    IN_PART = "supported_in_part", _("Supported in part")
    NOTED = "noted", _("Noted")


class Status(models.TextChoices):
    """How far implementation went. What nobody has assessed yet counts in no percentage (domain.md R24)."""

    NOT_ASSESSED = "not_assessed", _("Not assessed")
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    PARTIAL = "partially_implemented", _("Partially implemented")
    IMPLEMENTED = "implemented", _("Implemented")
    REJECTED = "not_implemented", _("Not implemented, rejected or reversed")
    SUPERSEDED = "superseded", _("Superseded")


SHAPES = {
    Status.NOT_ASSESSED: "○",
    Status.NOT_STARTED: "◌",
    Status.IN_PROGRESS: "◔",
    Status.PARTIAL: "◑",
    Status.IMPLEMENTED: "●",
    Status.REJECTED: "×",
    Status.SUPERSEDED: "–",
}
# An assessment says what was found, so it cannot say that nobody looked.
ASSESSABLE = [status for status in Status if status != Status.NOT_ASSESSED]


class Assessor(models.TextChoices):
    """Whose finding an assessment is."""

    STATE = "state", _("The State")
    NHRI = "nhri", _("National human rights institution")
    CSO = "cso", _("Civil society")
    UN = "un", _("United Nations")
    MANDATE = "mandate", _("The mandate")


class Grade(models.TextChoices):
    """How well the finding is supported."""

    CLAIMED = "claimed", _("Claimed")
    CORROBORATED = "corroborated", _("Corroborated by another source")
    CONFIRMED = "confirmed", _("Confirmed by the State")


class TagKind(models.TextChoices):
    THEME = "theme", _("Theme")
    PERSONS = "persons", _("Affected persons")
    SDG = "sdg", _("Sustainable Development Goal or target")


class ActionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", pgettext_lazy("one action", "Done")
    DROPPED = "dropped", _("Given up")


class UpdateState(models.TextChoices):
    """What became of a word from civil society."""

    WAITING = "waiting", _("Waiting to be read")
    ACCEPTED = "accepted", _("Taken up")
    DECLINED = "declined", _("Not taken up")


class Rhythm(models.IntegerChoices):
    """How often news of a recommendation is asked for, in months."""

    NEVER = 0, _("Not asked for")
    MONTHLY = 1, _("Every month")
    QUARTERLY = 3, _("Every three months")
    HALF_YEARLY = 6, _("Every six months")
    YEARLY = 12, _("Every year")
