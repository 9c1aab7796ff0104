from datetime import date

from django.db import models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from reports.consultations.enums import TOOK_PLACE, State


class ConsultationQuerySet(models.QuerySet):
    def public(self) -> models.QuerySet:
        """Announced by staff, and open or past: a plan that nobody assessed yet is nobody else's business (R15)."""
        return self.filter(announced=True, state__in=sorted({State.OPEN, *TOOK_PLACE}))

    def in_period(self, first: date, last: date) -> models.QuerySet:
        return self.filter(starts_on__lte=last, starts_on__gte=first)

    def with_attendance(self) -> models.QuerySet:
        """How many people were counted, as a subquery: a list asks it of the rows on its page and no others."""
        attendances = self.model._meta.get_field("attendances").related_model.objects
        counted = attendances.filter(consultation=OuterRef("pk")).order_by().values("consultation")
        return self.annotate(attended=Coalesce(Subquery(counted.annotate(people=Sum("number")).values("people")), 0))
