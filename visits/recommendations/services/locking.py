from visits.exceptions import StepRefused
from visits.recommendations.models import Recommendation


def locked(recommendation: Recommendation) -> Recommendation:
    """The row as it is now, kept from others until the transaction ends."""
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("review", "visit__country")
    return rows.get(pk=recommendation.pk)


def in_its_place(recommendation: Recommendation) -> Recommendation:
    """Locked; refuses one that lies with a visit that makes no findings, or with that to another State (R14)."""
    recommendation = locked(recommendation)
    if sentence := recommendation.misplaced:
        raise StepRefused(sentence)
    return recommendation
