from django.db import models


class EntryQuerySet(models.QuerySet):
    def about(self, target: models.Model) -> models.QuerySet:
        """Entries of one row, newest first."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))

    def in_chain_order(self) -> models.QuerySet:
        return self.order_by("pk")

    def update(self, **kwargs):
        raise TypeError("Audit entries are never changed.")

    def delete(self):
        raise TypeError("Audit entries are never deleted.")
