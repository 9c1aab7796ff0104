""" "Tell us what changed": words from civil society, and what staff make of them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from visits.exceptions import StepRefused
from visits.recommendations.enums import Assessor, UpdateState
from visits.recommendations.models import Assessment, PublicUpdate, Recommendation
from visits.recommendations.services.findings import assess


@transaction.atomic
def tell(
    recommendation: Recommendation,
    *,
    text: str,
    url: str = "",
    organisation: str = "",
    happened_on: date | None = None,
) -> PublicUpdate:
    """Keep the words for staff to read. The same words sent again while they wait are kept once."""
    words = {"text": text.strip(), "url": url, "organisation": organisation.strip(), "happened_on": happened_on}
    known = PublicUpdate.objects.waiting().filter(recommendation=recommendation, **words).first()
    if known:
        return known
    received = {"received_on": today(), "language": translation.get_language() or ""}
    update = PublicUpdate(recommendation=recommendation, **words, **received)
    update.full_clean()
    update.save(force_insert=True)
    audit.record(by=None, verb="publicupdate.received", target=update)
    return update


def _waiting(update: PublicUpdate) -> PublicUpdate:
    update = PublicUpdate.objects.select_for_update(of=("self",)).get(pk=update.pk)
    if update.state != UpdateState.WAITING:
        raise StepRefused(_("This update was decided on already. Its decision stands."))
    return update


def _decide(update: PublicUpdate, state: UpdateState, *, by: Any, reason: str = "", **words: str) -> None:
    update.state, update.decided_by, update.decided_on, update.reason = state, by, today(), reason
    for name, value in words.items():
        setattr(update, name, value)
    update.full_clean()
    update.save(update_fields=["state", "decided_by", "decided_on", "reason", *words])
    audit.record(by=by, verb=f"publicupdate.{state.value}", target=update)


@transaction.atomic
def accept(update: PublicUpdate, *, by: Any, on: date | None = None, **finding: Any) -> Assessment:
    """Take it up as a finding of civil society; staff choose the status and may shorten the words."""
    update = _waiting(update)
    _decide(update, UpdateState.ACCEPTED, by=by)
    source = {"assessor": Assessor.CSO, "assessor_name": update.organisation, "url": update.url, "update": update}
    on = on or update.happened_on or update.received_on
    return assess(update.recommendation, on=on, by=by, **source | finding)


@transaction.atomic
def decline(update: PublicUpdate, *, reason: str, by: Any) -> PublicUpdate:
    """Not taken up: the reason stays, the words go, since nobody knows whom they name."""
    update, reason = _waiting(update), reason.strip()
    if not reason:
        raise StepRefused(_("Say why the update is not taken up; the reason is kept when its words are erased."))
    _decide(update, UpdateState.DECLINED, by=by, reason=reason, text="", url="", organisation="")
    return update
