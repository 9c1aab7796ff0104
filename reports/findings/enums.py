from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingKind(models.TextChoices):
    FINDING = "finding", _("Key finding")
    RECOMMENDATION = "recommendation", _("Recommendation")

    @property
    def plural(self):
        return PLURALS[self]


PLURALS = {FindingKind.FINDING: _("Key findings"), FindingKind.RECOMMENDATION: _("Recommendations")}
