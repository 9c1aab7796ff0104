from datetime import date

from django.db import models

from iesogi.reference.enums import PerspectiveKind


class PerspectiveQuerySet(models.QuerySet):
    def of_kind(self, kind: PerspectiveKind) -> models.QuerySet:
        return self.filter(kind=kind)

    def factors(self) -> models.QuerySet:
        """The union of the two printed lists: "sex" stands in one of them only (WP 2021-2023 paras 5, 8)."""
        return self.of_kind(PerspectiveKind.FACTOR)

    def populations(self) -> models.QuerySet:
        return self.of_kind(PerspectiveKind.POPULATION)

    def focus(self, *, on: date) -> models.QuerySet:
        """What the mandate looks at first on that day (WP 2021-2023 para. 9)."""
        return self.of_kind(PerspectiveKind.FOCUS).filter(starts_on__lte=on, ends_on__gte=on)
