"""Recommendations, their tags, what is done about them, what the public says, and files that were read in."""

from visits.recommendations.models.imports import RecommendationImport
from visits.recommendations.models.progress import Assessment, RecommendationAction
from visits.recommendations.models.recommendations import Recommendation
from visits.recommendations.models.tags import RecommendationTag
from visits.recommendations.models.updates import PublicUpdate

__all__ = [
    "Assessment",
    "PublicUpdate",
    "Recommendation",
    "RecommendationAction",
    "RecommendationImport",
    "RecommendationTag",
]
