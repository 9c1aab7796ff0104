"""What goes when its purpose has gone: who signed, from which address, and the mails that were written to them."""

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from dissemination.campaigns import mails
from dissemination.campaigns.enums import SignatureState, Visibility
from dissemination.campaigns.models import Campaign, Signature
from iesogi.audit import services as audit
from iesogi.outbox import services as outbox

NOBODY = {"signatory": "", "role": "", "email": "", "address_key": "", "domain": ""}


@transaction.atomic
def forget(signature: Signature) -> None:
    """Never confirmed: the row goes, and the mails to whatever address was typed are erased."""
    outbox.erase(mails.mails_of(signature.campaign, signature))
    Signature.objects.filter(pk=signature.pk, state=SignatureState.PENDING).delete()


@transaction.atomic
def anonymise(campaign: Campaign) -> int:
    """Once, after the closing. Counts, places and listed organisations stay; persons and unlisted names go.

    How many signatures were anonymised.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    rows = Signature.objects.filter(campaign=campaign)
    outbox.erase(mails.mails_of(campaign))
    rows.filter(state=SignatureState.PENDING).delete()
    unlisted = rows.exclude(state=SignatureState.CONFIRMED, visibility=Visibility.LISTED)
    key = Concat(Value("erased|"), Cast("pk", CharField()))  # distinct, for the constraint on what counts
    unlisted.update(organisation="", organisation_key=key, similar_key="")
    count = rows.update(**NOBODY)
    campaign.anonymised_at = timezone.now()
    campaign.save(update_fields=["anonymised_at"])
    audit.record(by=None, verb="campaign.anonymised", target=campaign, signatures=count)
    return count
