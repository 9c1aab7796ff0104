from datetime import date

from django.db import models
from django.db.models import Q

from communications.enums import LetterState
from communications.references import MalformedReferenceError, parse
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.deadlines.enums import State
from iesogi.reference.text import fold


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        """Letters are seen only by people paid by OHCHR (R1, R13); anyone else gets none."""
        return self.all() if may_work_on_communications(user) else self.none()

    def published(self) -> models.QuerySet:
        """Reported to the Council or printed; before that no page, feed or count may reveal a letter (R1)."""
        return self.filter(public=True)

    def active(self) -> models.QuerySet:
        """The stock: sent and not closed. A measure of its own, apart from the flow (trap 4)."""
        return self.exclude(state=LetterState.CLOSED)

    def sent_in(self, start: date, end: date) -> models.QuerySet:
        """The flow: letters sent in the period, both ends included."""
        return self.filter(sent_on__range=(start, end))

    def overdue(self, *, on: date) -> models.QuerySet:
        """Unanswered, also when in follow-up or published by now, and past the last day of the reply period."""
        return self.active().filter(replied_on=None, reply_deadline__state=State.OPEN, reply_deadline__due_on__lt=on)

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
            anywhere = (
                Q(country__search_text__contains=word)
                | Q(reference_code__iexact=word)
                | Q(other_addressee__icontains=word)
            )
            if word.isdecimal():
                anywhere |= Q(number=int(word)) | Q(year=int(word))
            found = found.filter(anywhere)
        return found


class StepQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("Steps of a letter are never changed.")

    def delete(self):
        raise TypeError("Steps of a letter are never deleted.")
