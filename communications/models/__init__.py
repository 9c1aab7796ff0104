"""The register of letters: what was sent, to whom, when and where it stands. No person is named in it (R1, R2)."""

from communications.assessment.models import CriterionAnswer
from communications.cases.models import Case, CaseFile, DisclosureRequest
from communications.clock.models import FirstSteps, MissionReminder
from communications.letters.models import LetterCase, LetterTemplate, NamingOverride, Norm, SavedView
from communications.models.letters import Letter
from communications.models.steps import Signatory, Step
from communications.publication.models import Publication
from communications.register.models import FormerAddress
from communications.renditions.models import Rendition
from communications.replies.models import Reply
from communications.reprisals.models import LetterReprisal

__all__ = [
    "Case",
    "CaseFile",
    "CriterionAnswer",
    "DisclosureRequest",
    "FirstSteps",
    "FormerAddress",
    "Letter",
    "LetterCase",
    "LetterReprisal",
    "LetterTemplate",
    "MissionReminder",
    "NamingOverride",
    "Norm",
    "Publication",
    "Rendition",
    "Reply",
    "SavedView",
    "Signatory",
    "Step",
]
