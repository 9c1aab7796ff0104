from django.db import models


class CriterionAnswerQuerySet(models.QuerySet):
    def standing(self) -> dict:
        """The last answer on each question, by question; meant for the answers of one case."""
        return {row.question: row for row in self.select_related("by").order_by("pk")}

    def update(self, **kwargs):
        raise TypeError("Answers on a criterion are never changed; a new one is added.")
