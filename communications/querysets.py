from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from communications.enums import UNSENT, LetterState, NamingBasis
from communications.fence import FencedQuerySet
from communications.references import MalformedReferenceError, parse
from communications.replies.enums import ReplyClass
from iesogi.deadlines.enums import State
from iesogi.reference.models import Country
from iesogi.reference.text import fold


class LetterQuerySet(FencedQuerySet):
    def published(self) -> models.QuerySet:
        """Reported to the Council or printed; before that no page, feed or count may reveal a letter (R1)."""
        return self.filter(public=True)

    def active(self) -> models.QuerySet:
        """The stock: sent and not closed. A measure of its own, apart from the flow (trap 4)."""
        return self.exclude(state__in=[LetterState.CLOSED, *UNSENT])

    def in_hand(self) -> models.QuerySet:
        """What somebody still has to do something about, letters in the making among them."""
        return self.exclude(state__in=[LetterState.CLOSED, LetterState.WITHDRAWN])

    def with_lamp(self) -> models.QuerySet:
        """`lamp`: how consent to be named stands, from the readable columns of the cases as they are now (R4, R5).

        "withdrawn" stands above all; "lacking" is said only of letters that name somebody.
        """
        cases = self.model.cases.through.objects.filter(letter=models.OuterRef("pk"))
        unnamed = cases.filter(case__may_be_named_to_state=False)
        return self.annotate(
            lamp=models.Case(
                models.When(models.Exists(cases.filter(case__consent_withdrawn=True)), then=models.Value("withdrawn")),
                models.When(names_people=False, then=models.Value("unnamed")),
                models.When(naming_basis=NamingBasis.OVERRIDE, then=models.Value("override")),
                models.When(naming_basis=NamingBasis.CONSENT, then=models.Value("agreed")),
                models.When(models.Exists(unnamed), then=models.Value("lacking")),
                default=models.Value("agreed"),
                output_field=models.CharField(),
            )
        )

    def sent_in(self, start: date, end: date) -> models.QuerySet:
        """The flow: letters sent in the period, both ends included."""
        return self.filter(sent_on__range=(start, end))

    def unanswered(self) -> models.QuerySet:
        """Without a reply, or with an acknowledgement alone. A reply that nobody has read yet may be the answer."""
        unread = self.model.replies.through.objects.filter(letter=models.OuterRef("pk"), reply__reply_class="")
        acknowledged = Q(reply_class=ReplyClass.ACKNOWLEDGEMENT) & ~models.Exists(unread)
        return self.active().filter(Q(replied_on=None) | acknowledged, reply_deadline__state=State.OPEN)

    def overdue(self, *, on: date) -> models.QuerySet:
        """Unanswered, also when in follow-up or published by now, and past the last day of the reply period."""
        return self.unanswered().filter(reply_deadline__due_on__lt=on)

    def long_overdue(self, *, on: date) -> models.QuerySet:
        """Overdue for so long that firmer words are due (`LONG_OVERDUE_DAYS`)."""
        return self.overdue(on=on - timedelta(days=settings.LONG_OVERDUE_DAYS))

    def due_within(self, days: int, *, on: date) -> models.QuerySet:
        """Unanswered, and the reply is due from this day to so many days later, both included."""
        return self.unanswered().filter(reply_deadline__due_on__range=(on, on + timedelta(days=days)))

    def search(self, text: str) -> models.QuerySet:
        """By reference in any spacing ("kaz2/2019"), or by words of the State's name, its code, number or year."""
        try:
            reference = parse(text)
        except MalformedReferenceError:
            return self._with_words(fold(text).split())
        return self.filter(reference_code=reference.country, number=reference.number, year=reference.year)

    def _with_words(self, words: list[str]) -> models.QuerySet:
        """Every word must be found; the question and the names of States are folded alike."""
        found = self
        for word in words:
            states = list(Country.objects.search(word).values_list("pk", flat=True))
            anywhere = Q(country__in=states) | Q(reference_code=word.upper()) | Q(other_addressee__icontains=word)
            if word.isdecimal():
                anywhere |= Q(number=int(word)) | Q(year=int(word))
            found = found.filter(anywhere)
        return found
