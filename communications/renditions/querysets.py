from django.db import models
from django.db.models import Q


class RenditionQuerySet(models.QuerySet):
    def public(self) -> models.QuerySet:
        """Confirmed by a second person, and of something that is public itself (R1)."""
        of_letter = Q(publication__letter__public=True)
        return self.filter(public_since__isnull=False).filter(of_letter | Q(reply__public_since__isnull=False))

    def under(self, letter) -> models.QuerySet:
        """Of this letter and of the replies to it."""
        mine = Q(publication__letter=letter) | Q(reply__letters=letter)
        return self.filter(mine).distinct()
