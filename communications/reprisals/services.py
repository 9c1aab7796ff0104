"""From a letter or a case into the register of reprisals, which learns nothing of either but a neutral row."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communications.cases.models import Case
from communications.desk import opening, steps
from communications.exceptions import StepRefused
from communications.models import Letter, LetterReprisal
from communications.reprisals.models import Bond
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.safety import services as safety
from iesogi.safety.enums import Agreement, Cooperation, Rung
from iesogi.safety.models import Reprisal
from iesogi.vault.enums import Kind
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked


@transaction.atomic
def flag_from_letter(letter: Letter, *, act: str, actor: str, by, happened_on: date | None = None) -> Reprisal:
    """Somebody was punished because of this letter. It is followed up until it is closed."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("country").get(pk=letter.pk)
    reprisal = safety.flag(
        country=letter.country,
        cooperation=Cooperation.SUBMISSION,
        cooperation_label=_("A letter of the register"),
        cooperation_url=reverse("admin:communications_letter_change", args=[letter.pk]),
        act=act,
        actor=actor,
        happened_on=happened_on,
        follow_up_on=_first_look(),
        by=by,
    )
    LetterReprisal.objects.create(letter=letter, reprisal=reprisal, bond=Bond.CAUSE)
    audit.record(by=by, verb="letter.reprisal", target=letter, label=f"letter {letter.pk}", bond=Bond.CAUSE)
    return reprisal


@transaction.atomic
def raise_by_letter(letter: Letter, *, reprisal: Reprisal, by) -> LetterReprisal:
    """This letter raises the reprisal with the Government; once it is sent, that is a rung of the ladder."""
    if LetterReprisal.objects.filter(letter=letter, reprisal=reprisal).exists():
        raise StepRefused(_("This letter and this reprisal belong together already."))
    if reprisal.confidential != Agreement.YES:
        raise StepRefused(
            _("Those concerned have not agreed that this is raised with the Government. Ask them first.")
        )
    link = LetterReprisal.objects.create(letter=letter, reprisal=reprisal, bond=Bond.RAISES)
    audit.record(by=by, verb="letter.reprisal", target=letter, label=f"letter {letter.pk}", bond=Bond.RAISES)
    if letter.sent_on:
        _take_rung(reprisal, letter, by=by)
    return link


@transaction.atomic
def raise_no_more(letter: Letter, *, reprisal: Reprisal, by) -> None:
    """The letter was written anew without it; once it is sent, it has raised it for good."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.sent_on:
        raise StepRefused(_("This letter is out, so it has raised the reprisal. What was done stays on record."))
    gone, _rows = LetterReprisal.objects.filter(letter=letter, reprisal=reprisal, bond=Bond.RAISES).delete()
    if not gone:
        raise StepRefused(_("This letter does not raise that reprisal."))
    audit.record(by=by, verb="letter.reprisal_out", target=letter, label=f"letter {letter.pk}", bond=Bond.RAISES)


def record_sent(letter: Letter, *, by) -> None:
    """The letter went out a moment ago: for each reprisal that it raises, a rung of the ladder was taken."""
    for link in letter.reprisal_links.filter(bond=Bond.RAISES).select_related("reprisal"):
        _take_rung(link.reprisal, letter, by=by)


def _take_rung(reprisal: Reprisal, letter: Letter, *, by) -> None:
    safety.take_step(reprisal, rung=Rung.COMMUNICATION, on=letter.sent_on, by=by)


@transaction.atomic
def flag_from_case(
    case: Case, *, act: str, actor: str, unlocked: Unlocked, happened_on: date | None = None, note: str = ""
) -> Reprisal:
    """The row is neutral; its label and what is known are sealed into the case, and join the two for who opens it."""
    found = opening.writable(steps.locked(case, unlocked), unlocked=unlocked)
    reprisal = safety.flag(
        country=found.case.country,
        cooperation=Cooperation.SUBMISSION,
        act=act,
        actor=actor,
        happened_on=happened_on,
        follow_up_on=_first_look(),
        by=unlocked.user,
    )
    text = f"{reprisal.label}. {note}".strip()
    opening.write(found, [Part(Kind.NOTE, {"text": text, "by": unlocked.user.username})], at=timezone.now())
    found.case.reprisal_reported = True
    found.case.save(update_fields=["reprisal_reported"])
    audit.record(by=unlocked.user, verb="case.noted", target=found.case)
    return reprisal


def _first_look() -> date:
    return today() + timedelta(days=settings.REPRISAL_LOOK_DAYS)
