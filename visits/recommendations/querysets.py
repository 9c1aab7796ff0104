from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from iesogi.accounts.models import User
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.audit.querysets import AppendOnlyQuerySet
from iesogi.reference.models import Country
from iesogi.reference.text import fold
from visits.recommendations.enums import SourceKind, Status, TagKind, UpdateState


class RecommendationQuerySet(models.QuerySet):
    def public(self) -> models.QuerySet:
        """Released by staff; the database releases none whose source is not public itself (domain.md R1)."""
        return self.filter(is_public=True)

    def visible_to(self, user: User | AnonymousUser) -> models.QuerySet:
        """A letter that is not public is known to people paid by OHCHR only, and so is what it recommends (R13)."""
        if may_work_on_communications(user):
            return self
        return self.exclude(source_kind=SourceKind.COMMUNICATION, source_public_on=None)

    def matching(self, words: str) -> models.QuerySet:
        """Every word stands in the text, reference or addressee, or in a name of the State; accents do not count."""
        found = self
        for word in fold(words).split():
            of_state = Q(country__in=Country.objects.filter(search_text__contains=word).values("pk"))
            found = found.filter(Q(search_text__contains=word) | of_state)
        return found

    def tagged(self, kind: TagKind, code: str) -> models.QuerySet:
        """With this theme, group of persons or Goal; a Goal finds its targets too."""
        mine = Q(recommendationtag__code=code) | Q(recommendationtag__part_of=code)
        links = self.model.tags.through.objects.filter(mine, recommendationtag__kind=kind)
        return self.filter(pk__in=links.values("recommendation"))

    def of_state(self, country: Country) -> models.QuerySet:
        return self.filter(country=country)

    def due_for_news(self, *, on: date) -> models.QuerySet:
        """An update was asked for by that day and has not come."""
        return self.filter(review__state="open", review__due_on__lte=on)

    def tally(self) -> dict[str, int]:
        """How many stand at each status, in the order of the statuses; one query."""
        counted = self.order_by().values_list("status").annotate(count=models.Count("pk"))
        found = dict(counted)
        return {status.value: found.get(status.value, 0) for status in Status}

    def with_relations(self) -> models.QuerySet:
        """What a list shows, without the column that only the search reads."""
        return self.select_related("country", "latest", "review").defer("search_text")


class AssessmentQuerySet(AppendOnlyQuerySet):
    def standing(self) -> models.QuerySet:
        """Those that no later one corrects, the newest finding first."""
        return self.filter(corrected_by=None).order_by("-on", "-pk")


class PublicUpdateQuerySet(models.QuerySet):
    def waiting(self) -> models.QuerySet:
        return self.filter(state=UpdateState.WAITING)
