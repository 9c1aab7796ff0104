"""Invented letters of several stages for a trial. Each says that it is a sample; none is about anything that happened.

They concern States that the other samples name, ask what could be asked of any State, and allege nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from communications import services
from communications.assessment.enums import Answer, Ground
from communications.assessment.services import assess
from communications.cases.enums import CaseState, Matter, Timing
from communications.cases.models import Case
from communications.desk import demo, steps
from communications.desk.demo import MARK
from communications.enums import Language, LetterKind, LetterState
from communications.letters import drafts, merging
from communications.models import Letter, LetterTemplate, Norm
from communications.publication import services as publication
from communications.publication.enums import Naming
from communications.publication.windows import last_closed
from communications.replies import services as replies
from communications.replies.enums import Channel, ReplyClass
from iesogi.accounts.models import User
from iesogi.reference.models import Country, Mandate
from iesogi.vault import members
from iesogi.vault.enums import Slug
from iesogi.vault.sessions import Unlocked

SAMPLE = "Sample of a trial"
CASES = [
    {
        "matter": Matter.INDIVIDUAL, "timing": Timing.HAPPENED, "weeks": 12, "consent": demo.PART,
        "account": "A was dismissed after a colleague had told the management with whom A lives.",
        "perpetrators": "The management of a public school.", "done_at_home": "A complaint to the labour inspection.",
        "victims": "Sample Person Five", "sender": "Sample Union", "contact": "sample-union@example.org",
    },
    {
        "matter": Matter.INDIVIDUAL, "timing": Timing.HAPPENED, "weeks": 14, "consent": demo.YES,
        "account": "A was held for two nights without being told why, and was refused a telephone call.",
        "perpetrators": "Officers of a police station.", "done_at_home": "A complaint to the prosecutor.",
        "victims": "Sample Person Six", "sender": "Sample Lawyer", "contact": "sample-lawyer@example.org",
    },
]  # fmt: skip
ABOUT = f"{MARK} A question on what protects people from discrimination at work."
TEXT = (
    f"{MARK} The letter asks which law protects people from discrimination based on sexual orientation and gender "
    "identity at work, and how often it was relied on. It names nobody and alleges nothing."
)


class Hands(NamedTuple):
    """Two people with open vaults, because no letter goes out by one."""

    officer: Unlocked
    holder: Unlocked


def are_loaded() -> bool:
    return Letter.objects.filter(ref=SAMPLE).exists()


@transaction.atomic
def load(hands: Hands, *, now: datetime, on: date) -> int:
    """How many were made. Needs the States; drafts need their templates, and two people who open cases, as well."""
    states = {state.iso3: state for state in Country.objects.filter(iso3__in=["ARG", "GEO", "MOZ", "TUN"])}
    if len(states) < 4:
        return 0
    by, window = hands.officer.user, last_closed(on=on)
    _sent(states["GEO"], 901, on=on - timedelta(days=75), by=by)
    waiting = _sent(states["ARG"], 902, on=on - timedelta(days=40), by=by)
    _reply(waiting, on=on - timedelta(days=3), by=by)
    for state, number, confirmed_by in ((states["TUN"], 903, None), (states["MOZ"], 904, hands.holder.user)):
        letter = _sent(state, number, on=window.sent_from + timedelta(days=30), by=by)
        reply = _reply(letter, on=letter.sent_on + timedelta(days=50), by=by)
        replies.classify(reply, reply_class=ReplyClass.PARTIAL, publishable=True, by=by)
        _publish(letter, by=by, confirmed_by=confirmed_by)
    members_of_cases = {vault.pk for vault in members.members_of(Slug.CASES)}
    may_draft = members_of_cases >= {who.vault_id for who in hands} and LetterTemplate.objects.exists()
    return len(states) + (_drafts(hands, now=now, on=on) if may_draft else 0)


def _sent(state: Country, number: int, *, on: date, by: User) -> Letter:
    """With a number so high that no letter of a year comes near it."""
    letter = Letter(
        kind=LetterKind.OTHER_LETTER,
        country=state,
        reference_code=state.iso3,
        number=number,
        year=on.year,
        matter=ABOUT,
        owner=by,
        ref=SAMPLE,
    )
    return services.register(letter, sent_on=on, by=by)


def _reply(letter: Letter, *, on: date, by: User):
    return replies.record(
        [letter], received_on=on, channel=Channel.NOTE_VERBALE, language=Language.ENGLISH.value, by=by
    )


def _publish(letter: Letter, *, by: User, confirmed_by: User | None) -> None:
    row = publication.propose(letter, by=by)
    publication.redact(row, title=ABOUT, text=TEXT, naming=Naming.NOBODY, by=by)
    if confirmed_by:
        publication.confirm(row, by=confirmed_by)


def _drafts(hands: Hands, *, now: datetime, on: date) -> int:
    """One in its first version, and one that the co-signing mandate was asked about."""
    asked = Mandate.objects.filter(code="torture")
    first, second = (
        _begin(_taken_up(sample, hands, now), hands.officer, mandates)
        for sample, mandates in zip(CASES, ([], asked), strict=True)
    )
    text = drafts.latest(second, unlocked=hands.officer).text.replace(merging.ADDRESSEE, "a State of the trial")
    drafts.write(second, text=text, named={}, base=1, unlocked=hands.officer)
    if asked.exists():
        services.move(second, LetterState.CLEARANCE, by=hands.officer.user, on=on)
    return len([first, second])


def _begin(case: Case, officer: Unlocked, mandates: Iterable[Mandate]) -> Letter:
    norms = Norm.objects.filter(code__in=["iccpr-2", "iccpr-26"])
    letter = drafts.begin(
        [case],
        kind=LetterKind.ALLEGATION_LETTER,
        language=Language.ENGLISH,
        norms=norms,
        mandates=mandates,
        unlocked=officer,
    )
    Letter.objects.filter(pk=letter.pk).update(ref=SAMPLE, matter=MARK)
    letter.refresh_from_db()
    return letter


def _taken_up(sample: dict, hands: Hands, now: datetime) -> Case:
    case, _number = demo.enter(sample, now)
    Case.objects.filter(pk=case.pk).update(has_news=False)
    assess(case, question=Ground.PAST, answer=Answer.YES, why=f"{MARK} The day is given.", unlocked=hands.officer)
    for state in (CaseState.UNDER_REVIEW, CaseState.PROPOSED):
        case = steps.move(case, to=state, unlocked=hands.officer, reason=f"{MARK} Complete and credible.")
    return steps.move(case, to=CaseState.TAKEN_UP, unlocked=hands.holder)
