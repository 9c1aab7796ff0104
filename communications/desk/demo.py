"""Invented cases for a trial, each marked as a sample. No person, place or event in them is real."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from communications.cases.enums import Came, CaseState, Consent, Matter, Timing, Use
from communications.cases.models import Case
from communications.desk import entering, steps, writing
from iesogi.vault import intake, receipts
from iesogi.vault.enums import Kind
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

MARK = "Sample of a trial, invented."
YES = {use.value: Consent.YES.value for use in Use}
PART = YES | {Use.IN_PRESS.value: Consent.NO.value, Use.IN_PUBLIC_REPORT.value: Consent.NOT_ASKED.value}
# No State is named: an invented report shall not speak of a real one. Weeks are before the day of loading.
SAMPLES = [
    {
        "matter": Matter.INDIVIDUAL, "timing": Timing.IMMINENT, "weeks": 0, "consent": PART,
        "account": "A and B were told by officers that they would be brought before a court next week for living "
        "together. A neighbour had written to the police. Both have left their home and sleep at a friend's.",
        "perpetrators": "Two officers of the local police station, in uniform.",
        "done_at_home": "A lawyer asked for the file; the station did not answer.",
        "victims": "Sample Person One\nSample Person Two", "sender": "Sample Legal Clinic",
        "contact": "sample-clinic@example.org", "fears": "That the addresses become known.",
    },
    {
        "matter": Matter.INDIVIDUAL, "timing": Timing.HAPPENED, "weeks": 1, "consent": YES,
        "account": "A was attacked on the way home from a meeting of an association and lost a tooth. The hospital "
        "wrote a report. The prosecutor closed the file after four days.",
        "perpetrators": "Three men, one of them known from the neighbourhood.",
        "done_at_home": "Complaint, hospital report, appeal against the closing of the file.",
        "victims": "Sample Person Three", "sender": "Sample Association", "contact": "+00 000 0000",
    },
    {
        "matter": Matter.LAW, "timing": Timing.ONGOING, "weeks": 2, "consent": {},
        "account": "A bill would forbid gatherings that show same-sex couples “in a good light”. The committee votes "
        "within a month. Associations fear to lose their registration.",
        "perpetrators": "The committee of the parliament that brought the bill in.",
        "sender": "Sample Network", "contact": "sample-network@example.org",
    },
    {
        "matter": Matter.GROUP, "timing": Timing.ONGOING, "weeks": 5, "consent": {},
        "account": "Trans women in one district are stopped at night and made to pay, again and again.",
        "perpetrators": "A patrol of the city guard.",
    },
    {
        "matter": Matter.PATTERN, "timing": Timing.HAPPENED, "weeks": 9, "consent": {},
        "account": "Four landlords in one town gave notice to tenants after a newspaper printed their names.",
        "sender": "Sample Reader", "contact": "sample-reader@example.org", "victims": "Sample Person Four",
        "perpetrators": "The landlords, and the newspaper.", "done_at_home": "None: no lawyer would take it.",
    },
]  # fmt: skip
QUESTION = f"{MARK} Thank you. On which day did the officers come, and did A and B agree that we write to the State?"
ADDED = f"{MARK} It was on the Tuesday. Both agree to a letter, but not that the press hears their names."


def load(unlocked: Unlocked, *, now: datetime) -> list[tuple[Case, str]]:
    """Once; each case with the number that its source would have. The first waits with news."""
    if Case.objects.exists():
        return []
    made = [enter(sample, now) for sample in SAMPLES]
    (first, number), (second, _number), (third, _third) = made[0], made[1], made[2]
    writing.name(first, text="Sample: two people before a court", unlocked=unlocked)
    writing.answer(first, text=QUESTION, unlocked=unlocked, is_question=True)
    intake.add(
        intake.open_by_number(number),
        content=[Part(Kind.MESSAGE_IN, {"about": "information", "text": ADDED})],
        at=timezone.now(),
    )
    steps.assign(first, to=unlocked.user, unlocked=unlocked)
    for state in (CaseState.UNDER_REVIEW, CaseState.PROPOSED):
        steps.move(second, to=state, unlocked=unlocked, reason=f"{MARK} Complete and credible.")
    steps.move(third, to=CaseState.UNDER_REVIEW, unlocked=unlocked)
    Case.objects.filter(pk__in=[second.pk, third.pk]).update(has_news=False)
    return made


@transaction.atomic
def enter(sample: dict, now: datetime) -> tuple[Case, str]:
    """The case, and the number that its source would have."""
    number = receipts.new_number()
    given = {**sample, "account": f"{MARK} {sample['account']}"}
    case = entering.seal(given, at=now - timedelta(weeks=sample["weeks"]), came=Came.FORM, number=number)
    return case, number
