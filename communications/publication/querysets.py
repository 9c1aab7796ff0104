from django.db import models

from communications.fence import FencedQuerySet
from communications.publication.enums import PublicationState


class PublicationQuerySet(FencedQuerySet):
    def waiting(self) -> models.QuerySet:
        """Proposed and not confirmed, whether the redacted text is there or not."""
        return self.filter(state=PublicationState.PROPOSED)

    def ready(self) -> models.QuerySet:
        """A second person can read and confirm these."""
        return self.waiting().exclude(text="")

    def of_session(self, session: int) -> models.QuerySet:
        return self.filter(session=session)
