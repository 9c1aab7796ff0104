from iesogi.reference.querysets.countries import CountryQuerySet
from iesogi.reference.querysets.mandates import (
    MandateHolderQuerySet,
    MandateQuerySet,
    MandateTermQuerySet,
    StateVoteQuerySet,
)
from iesogi.reference.querysets.perspectives import PerspectiveQuerySet
from iesogi.reference.querysets.sessions import SessionQuerySet

__all__ = [
    "CountryQuerySet",
    "MandateHolderQuerySet",
    "MandateQuerySet",
    "MandateTermQuerySet",
    "PerspectiveQuerySet",
    "SessionQuerySet",
    "StateVoteQuerySet",
]
