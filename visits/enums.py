"""Kinds and states of a visit, each with the table of its steps (domain.md 5; WP 2021-2023 paras 20-26)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitKind(models.TextChoices):
    COUNTRY = "country", _("Country visit")
    PROMOTIONAL = "promotional", _("Promotional visit")
    ADVISORY = "advisory", _("Advisory visit")


class VisitState(models.TextChoices):
    """The way to the visit and the visit itself; what follows a country visit is a `ReportStage` (domain.md 5.1)."""

    CANDIDATE = "candidate", _("Candidate")
    PIPELINE = "pipeline", _("In the pipeline")
    REQUESTED = "requested", _("Requested")
    INVITED = "invited", _("Invited")
    PREPARING = "preparing", _("In preparation")
    PENDING = "pending", _("Confirmed")
    UNDER_WAY = "under_way", pgettext_lazy("one visit", "Under way")
    POSTPONED = "postponed", _("Postponed")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def successors(self):
        return NEXT[self]

    @property
    def public_label(self):
        return PUBLIC_LABELS[self]


S = VisitState
NEXT = {
    S.CANDIDATE: {S.REQUESTED, S.INVITED, S.CANCELLED},
    S.PIPELINE: {S.REQUESTED, S.INVITED, S.CANCELLED},
    S.REQUESTED: {S.INVITED, S.WITHDRAWN, S.CANCELLED},
    S.INVITED: {S.PREPARING, S.POSTPONED, S.WITHDRAWN, S.CANCELLED},
    S.PREPARING: {S.PENDING, S.POSTPONED, S.WITHDRAWN, S.CANCELLED},
    S.PENDING: {S.UNDER_WAY, S.DONE, S.POSTPONED, S.WITHDRAWN, S.CANCELLED},
    S.UNDER_WAY: {S.DONE, S.CANCELLED},
    S.POSTPONED: {S.PREPARING, S.WITHDRAWN, S.CANCELLED},
    S.DONE: set(),
    S.WITHDRAWN: {S.REQUESTED, S.PREPARING},
    S.CANCELLED: {S.REQUESTED, S.PREPARING},
}
# Where the story of a new row may begin; what comes later has a step of its own, with its guards.
FIRST = (S.REQUESTED, S.PIPELINE, S.DONE)
# Leaving the plan needs words that are kept with the visit.
NEEDS_REASON = {S.POSTPONED, S.WITHDRAWN, S.CANCELLED}
# Agreed with the State and with its days: it needs an invitation, the terms and the risk looked at (R14, R15).
CONFIRMED = {S.PENDING, S.UNDER_WAY}
OVER = {S.DONE, S.WITHDRAWN, S.CANCELLED}

# Only these states are shown to the public: a request that no State has answered stays between the two (para 23).
PUBLIC_LABELS = {
    S.DONE: pgettext_lazy("one visit", "Carried out"),
    S.UNDER_WAY: pgettext_lazy("one visit", "Under way"),
    S.PENDING: _("Announced"),
    S.POSTPONED: _("Postponed"),
}


class ReportStage(models.TextChoices):
    """After a country visit: from the statement at its end to the dialogue in the Council (domain.md 5.1)."""

    NONE = "", _("Not begun")
    STATEMENT = "statement", _("End-of-mission statement given")
    WITH_STATE = "with_state", _("With the State for factual comments")
    COMMENTED = "commented", _("Comments of the State received")
    ISSUED = "issued", _("Report issued")
    PRESENTED = "presented", _("Presented, interactive dialogue held")

    @property
    def successors(self):
        return NEXT_REPORT[self]


R = ReportStage
NEXT_REPORT = {
    R.NONE: {R.STATEMENT, R.WITH_STATE, R.ISSUED},
    R.STATEMENT: {R.WITH_STATE},
    R.WITH_STATE: {R.COMMENTED, R.ISSUED},  # a State may let the time for comments pass
    R.COMMENTED: {R.WITH_STATE, R.ISSUED},
    R.ISSUED: {R.PRESENTED},
    R.PRESENTED: set(),
}


class Invitation(models.TextChoices):
    NONE = "", _("Not yet")
    INVITATION = "invitation", _("Invitation for this visit")
    STANDING = "standing", _("Standing invitation, dates agreed")


class StepKind(models.TextChoices):
    """What happened on a day in the procedure; states, report stages and what lies between them."""

    STATE = "state", _("State of the visit")
    REPORT = "report", _("Stage of the report")
    REMINDER = "reminder", _("Reminder of the request")
    TERM = "term", _("Term of reference")
    FOLLOW_UP = "follow_up", _("Follow-up dialogue")


class FollowUp(models.TextChoices):
    """Dialogue with the visited State after the report (WP 2021-2023 para 24)."""

    NONE = "", _("Not recorded")
    EXPECTED = "expected", _("Expected")
    UNDER_WAY = "under_way", _("Under way")


class Effect(models.TextChoices):
    """What a promotional or advisory visit is expected to bring about (WP 2021-2023 para 25)."""

    LEGITIMACY = "legitimacy", _("Standing and a platform for communities")
    INFORMATION = "information", _("Information gathered")
    VISIBILITY = "visibility", _("Visibility")
    POSITIVE_MEASURES = "positive_measures", _("Positive measures promoted")
    SUPPORT = "support", _("Efforts against violence and discrimination supported")


class ContactKind(models.TextChoices):
    LETTER = "letter", _("Letter or note verbale")
    MEETING = "meeting", _("Meeting with the Permanent Mission")
    CALL = "call", _("Call")
    SIDE = "side", _("Word on the margins of an event")
    PUBLIC = "public", _("Statement in public")


class MeetingCategory(models.TextChoices):
    """Whom a visit meets. Affected persons are never named, neither here nor anywhere outside sealed cases."""

    EXECUTIVE = "executive", _("State: government and ministries")
    LEGISLATURE = "legislature", _("State: parliament")
    JUDICIARY = "judiciary", _("State: courts and prosecution")
    LOCAL = "local", _("State: regional and local authorities")
    NHRI = "nhri", _("National human rights institution")
    UN = "un", _("United Nations and Country Team")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    AFFECTED = "affected", _("Affected persons and communities")
    ACADEMIA = "academia", _("Academia")
    DIPLOMATIC = "diplomatic", _("Diplomatic community")
    KEYNOTE = "keynote", _("Keynote or presentation at an event")
    BRIEFING = "briefing", _("Briefing on the mandate's methods")
    SITE = "site", _("Visit to a place, for example of detention")
    PRESS = "press", _("Press")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", pgettext_lazy("one meeting", "Held")
    DROPPED = "dropped", _("Did not take place")


class TeamRole(models.TextChoices):
    HOLDER = "holder", _("Mandate holder")
    STAFF = "staff", _("Staff accompanying the mandate holder")
    UNCT = "unct", _("United Nations Country Team on the spot")
    INTERPRETER = "interpreter", _("Interpreter")
    SECURITY = "security", _("Security")

    @property
    def travels(self):
        """Whose trip the budget of visits carries: the holder and the staff (WP 2021-2023 Note 2)."""
        return self in {TeamRole.HOLDER, TeamRole.STAFF}


class Anchor(models.TextChoices):
    """The day a step of the checklist is counted from."""

    START = "start", _("first day of the visit")
    END = "end", _("last day of the visit")
    ISSUE = "issue", _("day the report is issued")
    DIALOGUE = "dialogue", _("day of the interactive dialogue")


class Phase(models.TextChoices):
    """Stages of the checklist; the last three are those of a dissemination strategy (WP 2021-2023 para 22, R16)."""

    PREPARATION = "preparation", _("Preparation")
    VISIT = "visit", _("The visit")
    REPORT = "report", _("Report")
    AROUND = "around", _("Dissemination before, during and after the visit")
    PUBLICATION = "publication", _("Dissemination after publication")
    PRESENTATION = "presentation", _("Dissemination after presentation to the Council")


class CoverageKind(models.TextChoices):
    PRESS = "press", _("Press")
    BROADCAST = "broadcast", _("Radio or television")
    ONLINE = "online", _("Online")
    SOCIAL = "social", _("Social media")
