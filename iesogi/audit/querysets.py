from django.db import models


class AppendOnlyQuerySet(models.QuerySet):
    """Rows of history: they are added one by one, and never changed or deleted together."""

    def update(self, **kwargs):
        raise TypeError("History is never changed.")

    def delete(self):
        raise TypeError("History is never deleted.")


class EntryQuerySet(AppendOnlyQuerySet):
    def about(self, target: models.Model) -> models.QuerySet:
        """Entries of one row, newest first."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))

    def in_chain_order(self) -> models.QuerySet:
        return self.order_by("pk")
