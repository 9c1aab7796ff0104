from datetime import date

from django.db import models

from communications.fence import FencedQuerySet
from communications.replies.enums import ReplyClass, Translation


class ReplyQuerySet(FencedQuerySet):
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
