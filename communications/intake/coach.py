"""The completeness coach: what is still missing for a letter, and why it matters. It never stops anybody.

What a letter needs is C1 to C5 of domain.md 1.3; what the coach finds is kept with the case, because many letters were
not written for want of consent or information (WP 2021-2023 para 48).
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communications.cases.choices import Actor, HowKnown
from communications.cases.enums import Consent, Criterion, Matter, Use
from communications.intake.draft import Draft

# Shorter accounts seldom say what happened, when, where and by whom.
FEW_WORDS = 25


class Gap(NamedTuple):
    """`criterion` is empty for advice that is no criterion. `step` is the page on which it can be mended."""

    step: str
    criterion: Criterion | None
    missing: Promise
    why: Promise


GAPS = {
    "law": Gap(
        "law",
        Criterion.C4,
        _("Which law, policy or practice it is."),
        _("A letter has to name what it comments on."),
    ),
    "account": Gap(
        "facts",
        Criterion.C4,
        _("What happened."),
        _("Without an account nothing can be sent."),
    ),
    "short account": Gap(
        "facts",
        Criterion.C4,
        _("A few more words on what happened."),
        _("A State only answers to facts that it can look into."),
    ),
    "when": Gap(
        "facts",
        Criterion.C4,
        _("When it happened, at least the month and the year."),
        _("A State can say that it found nothing if it is not told when to look."),
    ),
    "where": Gap(
        "facts",
        Criterion.C4,
        _("Where it happened."),
        _("The place shows which authority has to act."),
    ),
    "urgent": Gap(
        "facts",
        None,
        _("Why it cannot wait."),
        _("An urgent appeal can go out within days, if it is clear what may happen and when."),
    ),
    "media": Gap(
        "facts",
        None,
        _("Somebody who knows of it other than from the media."),
        _("The mandate may not act on reports in the media alone."),
    ),
    "victims": Gap(
        "victims",
        Criterion.C1,
        _("Who the alleged victims are."),
        _("A letter needs at least one person, or a group that can be recognized."),
    ),
    "consent": Gap(
        "consent",
        None,
        _("A clear yes of everybody concerned to a letter."),
        _("Without it the mandate can only write in general, or not at all. Asking can wait until it is safe."),
    ),
    "names": Gap(
        "identity",
        Criterion.C1,
        _("The names of the people concerned."),
        _("Only with a name can a State protect a person. It goes to the State only if the person agrees."),
    ),
    "addressee": Gap(
        "state",
        Criterion.C2,
        _("Whose law or practice it is."),
        _("A letter needs somebody to go to."),
    ),
    "responsible": Gap(
        "perpetrators",
        Criterion.C2,
        _("Who is said to be responsible, even if you only know what kind of people."),
        _("A State has to answer for its police in another way than for a neighbour."),
    ),
    "unknown": Gap(
        "perpetrators",
        None,
        _("Anything that is known of those responsible."),
        _("A uniform, a car or a number is enough for an inquiry to begin."),
    ),
    "done": Gap(
        "done",
        Criterion.C5,
        _("What was done about it, or why nothing could be done."),
        _("It shows what the State knew. It is no condition: you need not go to court first."),
    ),
    "sender": Gap(
        "identity",
        Criterion.C3,
        _("Who you are."),
        _("The United Nations does not act on anonymous reports. Your name stays sealed and goes to no State."),
    ),
    "address": Gap(
        "identity",
        Criterion.C3,
        _("An address, a phone number or an e-mail."),
        _("A sender without any address counts as anonymous."),
    ),
}


def gaps(draft: Draft) -> list[Gap]:
    found = [*_facts(draft), *_victims(draft), *_responsible(draft), *_done(draft), *_sender(draft)]
    return [GAPS[name] for name in found]


def unmet(draft: Draft) -> list[Criterion]:
    return sorted({gap.criterion for gap in gaps(draft) if gap.criterion})


def _facts(draft: Draft) -> Iterator[str]:
    is_law = draft.matter == Matter.LAW
    if is_law and not draft.said("law", "title"):
        yield "law"
    if not draft.account:
        yield "account"
    elif not is_law and len(draft.account.split()) < FEW_WORDS:
        yield "short account"
    if not is_law and not draft.said("facts", "begun"):
        yield "when"
    if not is_law and not draft.said("facts", "place"):
        yield "where"
    if draft.is_urgent and not draft.said("facts", "why_urgent"):
        yield "urgent"
    if draft.said("facts", "how_known") == HowKnown.MEDIA:
        yield "media"


def _victims(draft: Draft) -> Iterator[str]:
    people = [row for _code, row in draft.people()]
    if not draft.has_people:
        return
    if not people and not draft.tells_of_group:
        yield "victims"
        return
    asked = people + ([draft.answers.get("consent", {})] if draft.tells_of_group else [])
    if not all(row.get(Use.LETTER.value) == Consent.YES for row in asked):
        yield "consent"
    if draft.matter == Matter.INDIVIDUAL and not any(str(row.get("name") or "").strip() for row in people):
        yield "names"


def _responsible(draft: Draft) -> Iterator[str]:
    if draft.matter == Matter.LAW:
        if not draft.said("state", "country") and not draft.said("state", "actor"):
            yield "addressee"
        return
    found = [(row.get("kind"), str(row.get("who") or "").strip()) for row in draft.perpetrators()]
    if not any(kind or who for kind, who in found):
        yield "responsible"
    elif all(kind == Actor.UNKNOWN and not who for kind, who in found):
        yield "unknown"


def _done(draft: Draft) -> Iterator[str]:
    if not any(draft.said("done", name) for name in ("done_at_home", "why_nothing_done", "other_procedures")):
        yield "done"


def _sender(draft: Draft) -> Iterator[str]:
    if not (draft.said("identity", "your_name") or draft.said("identity", "organization")):
        yield "sender"
    elif not any(draft.said("identity", name) for name in ("email", "phone", "your_address")):
        yield "address"
