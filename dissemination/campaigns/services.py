"""The life of a campaign, and of the organisations that sign it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dissemination.campaigns import mails
from dissemination.campaigns.enums import CampaignState, SignatureState
from dissemination.campaigns.erasing import anonymise, forget
from dissemination.campaigns.exceptions import CampaignRefused
from dissemination.campaigns.models import Campaign, Signature
from dissemination.campaigns.names import address_key, domain_of
from iesogi.audit import services as audit

AT_ONCE = 500
WITHDRAWN = "Withdrawn by the organization."


# --- Campaigns ------------------------------------------------------------------------------------


@transaction.atomic
def move(campaign: Campaign, to: CampaignState, *, by) -> Campaign:
    """Announce, open, close or open again. What has no text in English has nothing that could be signed."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    was, to = CampaignState(campaign.state), CampaignState(to)
    _judge(campaign, was, to)
    campaign.state = to
    if to == CampaignState.OPEN:
        campaign.opened_at, campaign.closed_at = campaign.opened_at or timezone.now(), None
    if to == CampaignState.CLOSED:
        campaign.closed_at = timezone.now()
    campaign.save(update_fields=["state", "opened_at", "closed_at"])
    audit.record(by=by, verb="campaign.moved", target=campaign, was=was, to=to)
    return campaign


def _judge(campaign: Campaign, was: CampaignState, to: CampaignState) -> None:
    if to not in was.successors:
        raise CampaignRefused(
            _("A campaign that is “%(was)s” cannot become “%(to)s”. Reload the page to see how it stands.")
            % {"was": was.label, "to": to.label}
        )
    if campaign.anonymised_at:
        raise CampaignRefused(
            _("The signatures of this campaign are anonymised, so nobody could be asked again. Start a new campaign.")
        )
    if to == CampaignState.OPEN and campaign.takes_signatures:
        english = campaign.texts.filter(language="en").first()
        if english is None or not english.statement.strip():
            raise CampaignRefused(
                _("Organizations sign a statement, and this campaign has none in English. Add it before you open it.")
            )


# --- Signing --------------------------------------------------------------------------------------


@transaction.atomic
def sign(campaign: Campaign, *, email: str, **fields) -> Signature:
    """Keep what was typed until it is confirmed by mail. The same mailbox asking again changes what waits already.

    Whoever asks is told the same whatever happens here, or the form would tell who has signed.
    """
    campaign = Campaign.objects.prefetch_related("texts").get(pk=campaign.pk)
    if not campaign.is_taking_signatures:
        raise CampaignRefused(_("This campaign takes no signatures at present."))
    wanted = Signature(campaign=campaign, email=email, **fields)
    wanted.place()
    wanted.address_key, wanted.domain = address_key(email), domain_of(email)
    if known := _counted_already(wanted):
        mails.say_it_counts_already(known)
        return known
    waiting = Signature.objects.filter(
        campaign=campaign, address_key=wanted.address_key, state=SignatureState.PENDING
    ).first()
    if waiting is not None:
        wanted.pk, wanted.public_id, wanted.created_at = waiting.pk, waiting.public_id, waiting.created_at
        wanted._state.adding = False  # it takes the place of the one that waits
    wanted.full_clean()
    wanted.save()
    mails.ask_to_confirm(wanted)
    return wanted


def _counted_already(wanted: Signature) -> Signature | None:
    """The same organisation, signed from the same mailbox and confirmed."""
    same = Signature.objects.filter(
        campaign=wanted.campaign,
        address_key=wanted.address_key,
        organisation_key=wanted.organisation_key,
        state__in=[SignatureState.CONFIRMED, SignatureState.REVIEW],
    )
    return same.select_related("campaign").first()


def confirm(public_id: str) -> Signature | None:
    """The mail was answered. One that looks like a signature that counts already waits for a person to judge it.

    A second press of the button changes nothing. Its twin may be confirmed at this very moment; the database lets one
    of them count, and the other is looked at again from the start. None where nobody can be asked any more.
    """
    try:
        return _confirm(public_id)
    except IntegrityError:
        return _confirm(public_id)


@transaction.atomic
def _confirm(public_id: str) -> Signature | None:
    known = Signature.objects.select_for_update(of=("self",)).select_related("campaign")
    signature = known.filter(public_id=public_id, campaign__anonymised_at=None).order_by().first()
    if signature is None:
        return None
    if signature.state in {SignatureState.CONFIRMED, SignatureState.REVIEW}:
        return signature
    if signature.state == SignatureState.INVALID:
        raise CampaignRefused(_("This signature was withdrawn or invalidated. Write to the mandate to have it back."))
    if not signature.campaign.is_taking_signatures:
        raise CampaignRefused(_("The campaign has closed in the meantime, so the signature no longer counts."))
    signature.confirmed_at = timezone.now()
    signature.state = SignatureState.REVIEW if _twin_counts(signature) else SignatureState.CONFIRMED
    signature.save(update_fields=["state", "confirmed_at"])
    audit.record(by=None, verb="signature.confirmed", target=signature, label=_label(signature), to=signature.state)
    return signature


def _twin_counts(signature: Signature) -> bool:
    """Of the same name and place, or from the same mailbox."""
    twin = Q(organisation_key=signature.organisation_key) | Q(address_key=signature.address_key)
    return Signature.objects.counted().filter(twin, campaign=signature.campaign_id).exists()


def _label(signature: Signature) -> str:
    """The chain is for ever, so it names the campaign and no organisation."""
    return f"{signature.campaign.code}, {signature.public_id}"


# --- Judging --------------------------------------------------------------------------------------


def _locked(signature: Signature, to: SignatureState) -> Signature:
    signature = Signature.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=signature.pk)
    was = SignatureState(signature.state)
    if to not in was.successors:
        raise CampaignRefused(
            _("A signature that is “%(was)s” cannot become “%(to)s”. Reload the page to see what happened to it.")
            % {"was": was.label, "to": to.label}
        )
    return signature


@transaction.atomic
def invalidate(signature: Signature, *, by, reason: str) -> Signature:
    """It no longer counts; the row and the reason stay."""
    signature = _locked(signature, SignatureState.INVALID)
    was = signature.state
    signature.state, signature.reason, signature.invalidated_at = SignatureState.INVALID, reason, timezone.now()
    signature.save(update_fields=["state", "reason", "invalidated_at"])
    audit.record(
        by=by, verb="signature.invalidated", target=signature, label=_label(signature), was=was, reason=reason
    )
    return signature


def withdraw(signature: Signature) -> Signature:
    """The organisation takes its name back, by the link of its mail."""
    return invalidate(signature, by=None, reason=WITHDRAWN)


@transaction.atomic
def count(signature: Signature, *, by) -> Signature:
    """Judged: it counts. Refused while a signature of the same name and place does."""
    signature = _locked(signature, SignatureState.CONFIRMED)
    if signature.confirmed_at is None:
        raise CampaignRefused(_("The organization never confirmed this signature by mail, so it cannot count."))
    was, signature.state = signature.state, SignatureState.CONFIRMED
    signature.reason, signature.invalidated_at = "", None
    signature.full_clean(exclude=["country"])
    signature.save(update_fields=["state", "reason", "invalidated_at"])
    audit.record(by=by, verb="signature.counted", target=signature, label=_label(signature), was=was)
    return signature


# --- The periodic pass ----------------------------------------------------------------------------


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    """Erase what was never confirmed, and anonymise campaigns that closed long enough ago."""
    never = Signature.objects.never_confirmed(asked_before=now - timedelta(days=settings.UNCONFIRMED_KEPT_DAYS))
    forgotten = [forget(each) for each in never.select_related("campaign").order_by("created_at")[:AT_ONCE]]
    long_closed = Campaign.objects.to_anonymise(closed_before=now - timedelta(days=settings.SIGNATORIES_KEPT_DAYS))
    anonymised = [anonymise(campaign) for campaign in long_closed]
    return {"signatures_forgotten": len(forgotten), "campaigns_anonymised": len(anonymised)}
