"""What is done about a reprisal: rungs of the ladder, demands on the State, follow-up until it is closed."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from iesogi.audit import services as audit
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import today
from iesogi.safety.enums import IN_PUBLIC, TOWARDS_STATE, Agreement, Demand, ReprisalState, Response, Rung
from iesogi.safety.exceptions import SafetyRefused
from iesogi.safety.models import Reprisal, ReprisalStep

KIND = "confidential-task"


def _locked(reprisal: Reprisal, *, open_only: bool = True) -> Reprisal:
    found = Reprisal.objects.select_for_update(of=("self",)).select_related("follow_up").get(pk=reprisal.pk)
    if open_only and not found.is_open:
        raise SafetyRefused(_("This reprisal is closed. Open it again before you go on."))
    return found


@transaction.atomic
def flag(*, act: str, actor: str, cooperation: str, follow_up_on: date, by: Any, **known: Any) -> Reprisal:
    """Enter a reprisal under the next neutral label, with the day of its first follow-up.

    `known`: country, happened_on, cooperation_label, cooperation_url; never a name or a case.
    """
    reprisal = Reprisal(label=_next_label(), reported_on=today(), act=act, actor=actor, cooperation=cooperation)
    for name, value in known.items():
        setattr(reprisal, name, value)
    reprisal.full_clean()
    reprisal.save(force_insert=True)
    _follow_up(reprisal, on=follow_up_on, by=by)
    audit.record(by=by, verb="reprisal.flagged", target=reprisal)
    return reprisal


def _next_label() -> str:
    """Reprisal 2026-3: a number that runs within the year. The label is unique, so of two at once one is refused."""
    year = today().year
    number = Reprisal.objects.filter(label__startswith=f"Reprisal {year}-").count() + 1
    while Reprisal.objects.filter(label=f"Reprisal {year}-{number}").exists():
        number += 1
    return f"Reprisal {year}-{number}"


@transaction.atomic
def take_step(
    reprisal: Reprisal, *, rung: str, by: Any, on: date | None = None, note: str = "", follow_up_on: date | None = None
) -> ReprisalStep:
    """Record a rung; towards a Government and in public only with the agreement of those concerned."""
    reprisal, rung, on = _locked(reprisal), Rung(rung), on or today()
    if rung in TOWARDS_STATE:
        _refuse_to_tell_the_state(reprisal)
    if rung in IN_PUBLIC and reprisal.public != Agreement.YES:
        raise SafetyRefused(_("Those concerned have not agreed that this is raised in public. Ask them first."))
    if on > today():
        raise SafetyRefused(_("This day is still to come. Record a step once it is taken."))
    if follow_up_on:
        _refuse_past(follow_up_on)
    step = ReprisalStep(reprisal=reprisal, rung=rung, on=on, note=note.strip(), by=by)
    step.full_clean()
    step.save(force_insert=True)
    if follow_up_on:
        _follow_up(reprisal, on=follow_up_on, by=by)
    audit.record(by=by, verb="reprisal.step", target=reprisal, rung=rung.value, on=on)
    return step


def _refuse_to_tell_the_state(reprisal: Reprisal) -> None:
    if reprisal.confidential != Agreement.YES:
        raise SafetyRefused(
            _("Those concerned have not agreed that this is raised with the Government. Ask them first.")
        )


@transaction.atomic
def record_demand(reprisal: Reprisal, *, demand: str, response: str, by: Any) -> Reprisal:
    """What became of one of the three demands. To ask tells the Government; it may also act without being asked."""
    reprisal, demand, response = _locked(reprisal), Demand(demand), Response(response)
    if response == Response.ASKED:
        _refuse_to_tell_the_state(reprisal)
    was = reprisal.demands.get(demand.value, Response.NOT_ASKED.value)
    reprisal.demands = {**reprisal.demands, demand.value: response.value}
    reprisal.save(update_fields=["demands"])
    audit.record(by=by, verb="reprisal.demand", target=reprisal, demand=demand.value, was=was, to=response.value)
    return reprisal


def _refuse_past(follow_up_on: date) -> None:
    if follow_up_on < today():
        raise SafetyRefused(_("The day to look again is past. Choose a day to come."))


def _follow_up(reprisal: Reprisal, *, on: date, by: Any) -> None:
    """The date of the next look; its title says nothing, since calendars and mails leave the house."""
    if reprisal.follow_up and reprisal.follow_up.is_open:
        deadlines.move(reprisal.follow_up, to=on, explanation=_("Set with a step."), by=by)
        return
    reprisal.follow_up = deadlines.open_on(
        KIND,
        title="",
        due_on=on,
        explanation=_("Set with a step."),
        subject_url=reverse("admin:safety_reprisal_change", args=[reprisal.pk]),
        closing_step=gettext_noop("It is done once the matter is closed on its page; a step there may move it."),
        owner=by,
        by=by,
    )
    reprisal.save(update_fields=["follow_up"])


@transaction.atomic
def close(reprisal: Reprisal, *, outcome: str, by: Any) -> Reprisal:
    """It is followed up until there is an outcome to write down."""
    reprisal, outcome = _locked(reprisal), outcome.strip()
    if not outcome:
        raise SafetyRefused(_("Say how it ended before you close it."))
    reprisal.state, reprisal.outcome = ReprisalState.CLOSED, outcome
    reprisal.save(update_fields=["state", "outcome"])
    if reprisal.follow_up and reprisal.follow_up.is_open:
        deadlines.complete(reprisal.follow_up, by=by, at_subject=True)
    audit.record(by=by, verb="reprisal.closed", target=reprisal)
    return reprisal


@transaction.atomic
def reopen(reprisal: Reprisal, *, by: Any, follow_up_on: date) -> Reprisal:
    """It goes on, or comes back: reports look at earlier cases again. From now on it is followed up as before."""
    reprisal = _locked(reprisal, open_only=False)
    if reprisal.is_open:
        raise SafetyRefused(_("This reprisal is open already."))
    _refuse_past(follow_up_on)
    reprisal.state = ReprisalState.OPEN
    reprisal.save(update_fields=["state"])
    _follow_up(reprisal, on=follow_up_on, by=by)
    audit.record(by=by, verb="reprisal.reopened", target=reprisal)
    return reprisal
