import pytest

from iesogi.safety.enums import Method, Precaution
from iesogi.safety.models import RiskAssessment


@pytest.fixture
def new_assessment(db):
    """A complete assessment that waits for its decision."""

    def make(**given):
        levels = dict.fromkeys(("likelihood", "severity", "exposure", "digital"), 2)
        words = {
            "threat": "Police of a province",
            "mitigation": "Meet elsewhere",
            "safe_contact": "A signal twice a day",
        }
        checklist = {"precautions": Precaution.values}
        fields = {"subject_label": "Country visit, spring", "method": Method.VISIT, **levels, **words, **checklist}
        return RiskAssessment.objects.create(**fields | given)

    return make
