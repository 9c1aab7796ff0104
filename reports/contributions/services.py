"""A contribution comes in: sealed as a whole, and in clear as far as its sender lets the public read it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from iesogi.deadlines.days import monday_of
from iesogi.reference.models import Country
from iesogi.vault import intake, unfinished
from iesogi.vault.editions import Seen
from iesogi.vault.enums import Kind, Slug
from iesogi.vault.files import Incoming, StoredFile
from iesogi.vault.intake import Derived, Submitted
from iesogi.vault.records import Part
from reports.calls.codes import random_letters
from reports.calls.exceptions import CallClosed
from reports.calls.models import Call, LateLink
from reports.contributions import mails
from reports.contributions.enums import Came, Publication, Timing
from reports.contributions.models import Answer, Contribution, ContributionFile

LETTERS = 5


@dataclass(frozen=True)
class Given:
    """What somebody typed; `answers` by number of the question."""

    category: str
    language: str
    publication: str
    country: Country | None = None
    name: str = field(default="", repr=False)
    cosigners: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    answers: dict[str, str] = field(default_factory=dict, repr=False)
    came: str = Came.FORM
    mail_language: str = "en"

    def parts(self, call: Call) -> list[Part]:
        """All of it, sealed. The address lies apart, so that it can be erased while the words stay, and it lies there
        where nobody gave one as well: that there is an address is nobody's business either."""
        return [Part(Kind.REPORT, self._words(call)), Part(Kind.CONTACT, {"email": self.email})]

    def _words(self, call: Call) -> dict:
        return {
            "version": 2,
            "call": call.code,
            "category": self.category,
            "country": self.country.iso3 if self.country else "",
            "language": self.language,
            "publication": self.publication,
            "name": self.name,
            "cosigners": self.cosigners,
            "answers": self.answers,
        }

    def clear(self, *, at: datetime) -> dict:
        """Columns that stand in clear: nothing of a confidential contribution, and a name only with leave."""
        if self.publication == Publication.CONFIDENTIAL:
            return {}
        kept = {"received_at": at, "email": self.email}
        named = {"name": self.name, "cosigners": self.cosigners}
        return kept | (named if self.publication == Publication.PUBLIC else {})


@dataclass(frozen=True)
class Place:
    """When it came, as `closing.judge` found."""

    timing: Timing
    link: LateLink | None = None
    reason: str = ""  # of WhyLate, where staff took it without a link


def submit(
    call: Call,
    given: Given,
    *,
    number: str | Derived | None,
    files: list[Incoming],
    place: Place,
    at: datetime,
    came_back: bool = False,
    seen: Seen | None = None,
) -> Submitted:
    """Seal and keep, once for each number; what was kept unfinished under it ends in the same transaction.

    Raises VaultRefused, SavedMeanwhile where something else lies there than was `seen`, or CallClosed when a late code
    was just used up.
    """
    derived = intake.derive(number) if isinstance(number, str) else number

    def then(submitted: Submitted) -> None:
        receive(submitted, call=call, given=given, place=place, at=at)
        if derived:
            unfinished.sent(derived, came_back=came_back, seen=seen)

    return intake.submit_sealed(
        number=derived,
        content=given.parts(call),
        files=files,
        channel=Slug.INPUTS,
        identity_channel=None,
        at=at,
        then=then,
    )


def receive(submitted: Submitted, *, call: Call, given: Given, place: Place, at: datetime) -> Contribution:
    """Called by the vault in the transaction that seals it. A late code counts only if all of it is kept."""
    if place.timing == Timing.LATE and place.link and not LateLink.objects.take(place.link.pk, now=at):
        raise CallClosed(
            _("This late code was used up a moment ago, so nothing was sent. Ask the team for another one.")
        )
    contribution = Contribution.objects.create(
        ref=free_ref(year=at.year),
        call=call,
        week=monday_of(at),
        category=given.category,
        country=given.country,
        language=given.language,
        publication=given.publication,
        timing=place.timing,
        late_link=place.link if place.timing == Timing.LATE else None,
        late_reason=place.reason,
        came=given.came,
        mail_language=given.mail_language,
        content_id=submitted.content,
        **given.clear(at=at),
    )
    add_files(contribution, submitted.files)
    if not contribution.is_confidential:
        write_answers(contribution, given.answers)
        mails.acknowledge(contribution)
    return contribution


def write_answers(contribution: Contribution, answers: dict[str, str]) -> None:
    """To the questions as they were read with the call."""
    Answer.objects.bulk_create(
        Answer(contribution=contribution, question=question, text=answers[str(question.order)])
        for question in contribution.call.questions.all()
        if str(question.order) in answers
    )


def add_files(contribution: Contribution, stored: list[StoredFile] | tuple[StoredFile, ...]) -> None:
    ContributionFile.objects.bulk_create(
        ContributionFile(
            contribution=contribution,
            outcome=each.outcome.value,
            about_id=each.about,
            cleaned_id=each.cleaned,
            original_id=each.original,
        )
        for each in stored
    )


def free_ref(*, year: int) -> str:
    """Random, so that it says neither how many came nor in which order: IN-26-7F3KD."""
    while True:
        ref = f"IN-{year % 100:02}-{random_letters(LETTERS)}"
        if not Contribution.objects.filter(ref=ref).exists():
            return ref
