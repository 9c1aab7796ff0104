from visits.recommendations.admin.actions import RecommendationActionAdmin
from visits.recommendations.admin.imports import RecommendationImportAdmin
from visits.recommendations.admin.recommendations import RecommendationAdmin
from visits.recommendations.admin.updates import PublicUpdateAdmin

__all__ = ["PublicUpdateAdmin", "RecommendationActionAdmin", "RecommendationAdmin", "RecommendationImportAdmin"]
