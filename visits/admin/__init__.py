from visits.admin.candidates import CandidateAdmin, StandingInvitationAdmin, VisitFigureAdmin
from visits.admin.checklist import ChecklistItemAdmin, ChecklistStepAdmin
from visits.admin.visits import VisitAdmin
from visits.recommendations.admin import PublicUpdateAdmin, RecommendationActionAdmin, RecommendationAdmin

__all__ = [
    "CandidateAdmin",
    "ChecklistItemAdmin",
    "ChecklistStepAdmin",
    "PublicUpdateAdmin",
    "RecommendationActionAdmin",
    "RecommendationAdmin",
    "StandingInvitationAdmin",
    "VisitAdmin",
    "VisitFigureAdmin",
]
