from datetime import date

from django.db import models

from communications.replies.enums import ReplyClass, Translation
from iesogi.accounts.permissions import may_work_on_communications


class ReplyQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        """Replies stand behind the same fence as letters (R13)."""
        return self.all() if may_work_on_communications(user) else self.none()

    def public(self) -> models.QuerySet:
        """Reported together with a letter, or after it; before that nobody outside learns that a reply came."""
        return self.filter(public_since__isnull=False)

    def to_classify(self) -> models.QuerySet:
        return self.filter(reply_class="")

    def in_substance(self) -> models.QuerySet:
        """Read, and more than an acknowledgement of receipt (domain.md 1.11)."""
        return self.exclude(reply_class__in=["", ReplyClass.ACKNOWLEDGEMENT])

    def to_translate(self) -> models.QuerySet:
        return self.filter(translation=Translation.PENDING)

    def received_in(self, start: date, end: date) -> models.QuerySet:
        """Both ends included, as the windows of the Council's reports have them."""
        return self.filter(received_on__range=(start, end))
