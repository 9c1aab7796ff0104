from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from dissemination.campaigns.enums import PUBLIC_STATES, CampaignKind, CampaignState, SignatureState, Visibility

# Signatures that say something about an organisation that wants to be counted.
STANDING = (SignatureState.CONFIRMED, SignatureState.REVIEW)


class CampaignQuerySet(models.QuerySet):
    def public(self) -> models.QuerySet:
        """What the public may know of: everything but drafts."""
        return self.filter(state__in=PUBLIC_STATES)

    def taking_signatures(self) -> models.QuerySet:
        return self.filter(state=CampaignState.OPEN, takes_signatures=True)

    def renewal_under_way(self):
        """The campaign that a banner speaks of, with its texts; None at other times."""
        running = self.taking_signatures().filter(kind=CampaignKind.RENEWAL).prefetch_related("texts")
        return running.order_by("-decides_year").first()

    def to_anonymise(self, *, closed_before: datetime) -> models.QuerySet:
        return self.filter(state=CampaignState.CLOSED, anonymised_at=None, closed_at__lte=closed_before)


class SignatureQuerySet(models.QuerySet):
    def counted(self) -> models.QuerySet:
        """Confirmed by mail and not invalidated: every figure of a campaign counts these and no others."""
        return self.filter(state=SignatureState.CONFIRMED)

    def listed(self) -> models.QuerySet:
        """Counted, and willing to be named on the public page."""
        return self.counted().filter(visibility=Visibility.LISTED)

    def count_by_level_and_region(self) -> dict[tuple[str, str], int]:
        """Every counted signature in exactly one cell, so rows and columns add up to count()."""
        rows = self.counted().order_by().values_list("level", "region").annotate(Count("pk"))
        return {(level, region): count for level, region, count in rows}

    def states(self) -> int:
        """How many different States the counted organisations come from."""
        return self.counted().order_by().aggregate(found=Count("country", distinct=True))["found"]

    def count_by_state(self) -> dict[str, int]:
        """How many signatures are pending, confirmed, in review and invalidated."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))

    def with_similar(self) -> models.QuerySet:
        """Standing signatures whose name looks like that of another standing one in the same campaign."""
        others = self.model.objects.filter(
            campaign=OuterRef("campaign"), similar_key=OuterRef("similar_key"), state__in=STANDING
        ).exclude(pk=OuterRef("pk"))
        return self.filter(Exists(others), state__in=STANDING).exclude(similar_key="")

    def resembling(self, signature) -> models.QuerySet:
        """Others in the campaign with the same words, the same mailbox, or a mailbox at the same organisation."""
        alike = Q(similar_key=signature.similar_key) & ~Q(similar_key="")
        alike |= Q(address_key=signature.address_key) & ~Q(address_key="")
        alike |= Q(domain=signature.domain) & ~Q(domain="")
        return self.filter(alike, campaign=signature.campaign_id).exclude(pk=signature.pk)

    def never_confirmed(self, *, asked_before: datetime) -> models.QuerySet:
        return self.filter(state=SignatureState.PENDING, created_at__lte=asked_before)
