"""Words of the do-no-harm method (WP 2021-2023 para 7; domain.md section 6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    """The three methods of work for which reprisals are considered."""

    VISIT = "visit", _("Visit")
    COMMUNICATION = "communication", _("Communication")
    RESEARCH = "research", _("Thematic research")


class CheckPoint(models.TextChoices):
    """When they are considered: zero tolerance is asked for at all three."""

    PLANNING = "planning", _("Planning")
    EXECUTION = "execution", _("Execution")
    FOLLOW_UP = "follow_up", _("Follow-up")


class Level(models.IntegerChoices):
    LOW = 1, _("Low")
    MODERATE = 2, _("Moderate")
    HIGH = 3, _("High")
    VERY_HIGH = 4, _("Very high")


class Verdict(models.TextChoices):
    PENDING = "pending", _("Not decided")
    GO = "go", _("Go")
    CONDITIONAL = "conditional", _("Go, under conditions")
    NO_GO = "no_go", _("No go")


GOES_AHEAD = {Verdict.GO, Verdict.CONDITIONAL}


class Precaution(models.TextChoices):
    """The zero-tolerance checklist that is stored with every assessment (domain.md R15)."""

    CONSENT = "consent", _("Everybody who takes part is told the risks and agrees freely")
    CONTACT = "contact", _("There is a safe way to meet and to write, and people know it")
    RECORDS = "records", _("No name is written down outside a sealed case")
    STATE_TOLD = "state_told", _("The State was told that no reprisal is tolerated")
    WAY_BACK = "way_back", _("People know how to report a reprisal, and who answers")
    FOCAL_POINT = "focal_point", _("The focal point on reprisals knows of the activity")


class Cooperation(models.TextChoices):
    """Whose contact with the United Nations was punished (Council resolutions 12/2, 24/24, 36/21)."""

    SUBMISSION = "submission", _("Submission, or help with one")
    VISIT = "visit", _("Meeting during a visit")
    INPUT = "input", _("Input to a report")
    CONSULTATION = "consultation", _("Consultation")
    PROCEDURE = "procedure", _("Other use of a procedure of the United Nations")
    RELATIVE = "relative", _("Relative of somebody who cooperated")


class Actor(models.TextChoices):
    STATE = "state", _("Authority or official of the State")
    NON_STATE = "non_state", _("Others")
    UNKNOWN = "unknown", _("Not known")


class Responsibility(models.TextChoices):
    """How the State stands behind it (WP 2021-2023 para 7)."""

    AUTHOR = "author", _("The State acted itself")
    PERMITTED = "permitted", _("The State permitted it")
    TOLERATED = "tolerated", _("The State tolerated it, by act or omission")
    UNCLEAR = "unclear", _("Not established")


class Act(models.TextChoices):
    THREAT = "threat", _("Threat or intimidation")
    VIOLENCE = "violence", _("Violence")
    DETENTION = "detention", _("Arrest or detention")
    PROSECUTION = "prosecution", _("Charges or prosecution")
    TRAVEL = "travel", _("Ban on travel or entry")
    SURVEILLANCE = "surveillance", _("Surveillance or seizure of devices")
    SMEAR = "smear", _("Campaign of defamation")
    LIVELIHOOD = "livelihood", _("Loss of work, funds or registration")
    OTHER = "other", _("Other")


class Agreement(models.TextChoices):
    """What the persons concerned agree to; what was not asked is not agreed."""

    NOT_ASKED = "not_asked", _("Not asked")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class Rung(models.TextChoices):
    """The ladder of what can be done about a reprisal, from the quietest (domain.md section 6)."""

    FOCAL_POINT = "focal_point", _("Reported to the focal point on reprisals")
    FIELD = "field", _("United Nations in the field alerted")
    HEADQUARTERS = "headquarters", _("Headquarters alerted: Secretary-General, High Commissioner, President")
    MEETING = "meeting", _("Raised in a meeting with the Government")
    COMMUNICATION = "communication", _("Communication to the Government")
    STATEMENT = "statement", _("Public statement or press release")
    REPORT = "report", _("Named in a public report")
    DIALOGUE = "dialogue", _("Raised in the interactive dialogue")


# Inside the house nobody has to agree; towards a Government, and in public, the persons concerned do.
TOWARDS_STATE = {Rung.MEETING, Rung.COMMUNICATION}
IN_PUBLIC = {Rung.STATEMENT, Rung.REPORT, Rung.DIALOGUE}


class Demand(models.TextChoices):
    """What the State is asked for, each followed on its own (WP 2021-2023 para 7)."""

    INVESTIGATION = "investigation", _("Prompt, impartial and effective investigation")
    PROSECUTION = "prosecution", _("Prosecution")
    REMEDY = "remedy", _("Remedy")


class Response(models.TextChoices):
    NOT_ASKED = "not_asked", _("Not asked yet")
    ASKED = "asked", _("Asked")
    PROMISED = "promised", _("Promised")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class ReprisalState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
