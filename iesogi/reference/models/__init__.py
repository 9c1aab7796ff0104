"""What every app looks things up in. Rows are loaded by `load_reference`; staff may add and correct."""

from iesogi.reference.models.countries import Country, RegionTag
from iesogi.reference.models.figures import Figure
from iesogi.reference.models.loaded import LoadedRow
from iesogi.reference.models.mandates import Affiliation, Mandate, MandateHolder, MandateTerm, StateVote
from iesogi.reference.models.perspectives import Perspective
from iesogi.reference.models.sessions import Session

__all__ = [
    "Affiliation",
    "Country",
    "Figure",
    "LoadedRow",
    "Mandate",
    "MandateHolder",
    "MandateTerm",
    "Perspective",
    "RegionTag",
    "Session",
    "StateVote",
]
