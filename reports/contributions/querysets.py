from django.db import models

from reports.calls.enums import Category
from reports.contributions.enums import Publication, State


class ContributionQuerySet(models.QuerySet):
    def counted(self) -> models.QuerySet:
        """What a figure counts: everything received but what was withdrawn."""
        return self.exclude(state=State.WITHDRAWN)

    def published(self) -> models.QuerySet:
        return self.filter(published_at__isnull=False)

    def publishable(self) -> models.QuerySet:
        """Accepted, and its sender agreed."""
        return self.filter(state=State.ACCEPTED, published_at=None).exclude(publication=Publication.CONFIDENTIAL)

    def waiting(self) -> models.QuerySet:
        """For the desk: nobody has judged them, or their sender wrote again."""
        return self.filter(models.Q(state=State.RECEIVED) | models.Q(has_news=True)).counted()

    def by_category(self) -> models.QuerySet:
        """In the order of the code list, so that a page of them is grouped."""
        whens = [models.When(category=each, then=models.Value(place)) for place, each in enumerate(Category)]
        return self.annotate(place=models.Case(*whens, default=models.Value(99))).order_by("place", "name", "ref")

    def for_the_public(self) -> models.QuerySet:
        return self.select_related("country").prefetch_related("answers__question", "published_files")
