from django.db import models

from communications.publication.enums import PublicationState
from iesogi.accounts.permissions import may_work_on_communications


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user) -> models.QuerySet:
        return self.all() if may_work_on_communications(user) else self.none()

    def waiting(self) -> models.QuerySet:
        """Proposed and not confirmed, whether the redacted text is there or not."""
        return self.filter(state=PublicationState.PROPOSED)

    def ready(self) -> models.QuerySet:
        """A second person can read and confirm these."""
        return self.waiting().exclude(text="")

    def of_session(self, session: int) -> models.QuerySet:
        return self.filter(session=session)
