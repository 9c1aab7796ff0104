from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from dissemination.querysets import without_hidden_letters
from dissemination.strategies.enums import STAGES, ActivityState, Considered, Subject


class StrategyQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        return without_hidden_letters(self, user)

    def complete(self) -> models.QuerySet:
        """Objectives, activities and monitoring with evaluation: what R16 asks for before dissemination starts.

        The strategy of a visit has an activity in each of its three stages (WP 2021-2023 para 22).
        """
        activity = self.model.activities.rel.related_model.objects.filter(strategy=OuterRef("pk"))
        indicator = self.model.indicators.rel.related_model.objects.filter(strategy=OuterRef("pk"))
        staged = Q(*(Exists(activity.filter(stage=stage)) for stage in STAGES[Subject.VISIT]))
        planned = self.filter(Exists(activity), Q(visit=None) | staged)
        return planned.filter(Exists(indicator), considered=Considered.YES).exclude(objectives="")

    def with_progress(self) -> models.QuerySet:
        """How many activities there are and how many of them are done, dropped ones left out.

        Counted beside the rows, so that a page of a long list counts its own rows and no others.
        """
        rows = self.model.activities.rel.related_model.objects.filter(strategy=OuterRef("pk")).order_by()

        def number(**states):
            counted = rows.filter(**states).values("strategy").annotate(number=Count("pk"))
            return Coalesce(Subquery(counted.values("number")), 0)

        return self.annotate(
            activity_total=number(state__in=[ActivityState.PLANNED, ActivityState.DONE]),
            activity_done=number(state=ActivityState.DONE),
        )


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        return without_hidden_letters(self, user, "strategy__letter")

    def planned(self) -> models.QuerySet:
        return self.filter(state=ActivityState.PLANNED)
