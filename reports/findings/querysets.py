from django.db import models


class FindingQuerySet(models.QuerySet):
    def of(self, report) -> models.QuerySet:
        """Of one report, findings before recommendations, each with its texts; two queries."""
        return self.filter(report=report).order_by("kind", "order").prefetch_related("texts")
