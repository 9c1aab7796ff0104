"""A visit and what was planned for it, its procedure, its programme; candidates; printed numbers of visits."""

from visits.models.candidates import Candidate, Contact, StandingInvitation, VisitFigure
from visits.models.procedure import ChecklistItem, ChecklistStep, TermAnswer, VisitStep
from visits.models.programme import Coverage, GoodPractice, Meeting, TeamMember, VisitDay
from visits.models.visits import Visit, VisitPlan
from visits.recommendations.models import (
    Assessment,
    PublicUpdate,
    Recommendation,
    RecommendationAction,
    RecommendationImport,
    RecommendationTag,
)

__all__ = [
    "Assessment",
    "Candidate",
    "ChecklistItem",
    "ChecklistStep",
    "Contact",
    "Coverage",
    "GoodPractice",
    "Meeting",
    "PublicUpdate",
    "Recommendation",
    "RecommendationAction",
    "RecommendationImport",
    "RecommendationTag",
    "StandingInvitation",
    "TeamMember",
    "TermAnswer",
    "Visit",
    "VisitDay",
    "VisitFigure",
    "VisitPlan",
    "VisitStep",
]  # fmt: skip
