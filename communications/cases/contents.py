"""What the sealed records of a case hold, by kind: the form writes it, the open-case page reads it.

Answers chosen from a list are kept by their code; `choices.py` has their words.

Content compartment: Report, Consented, MessageIn, MessageOut, Note, Title, and `FILE_ABOUT` (written by the vault).
Identity compartment: Person (one record for each alleged victim) and Contact. The story names persons "A", "B" and so
on; only `Person` says who "A" is.
"""

from typing import Literal, NotRequired, TypedDict

VERSION = 1
Answers = dict[str, str]  # Use -> Consent


class Facts(TypedDict):
    account: str
    timing: str  # Timing
    begun: str  # as typed: a day, a month, "early 2025"
    ended: str
    place: str
    why_urgent: str
    motive: str  # why the sender thinks it happened because of real or perceived orientation or gender identity
    how_known: str  # HowKnown


class Victim(TypedDict):
    """One alleged victim without anything that names them; `code` is "A", "B" ... "AA"."""

    code: str
    age_band: str
    gender: str
    orientation: str
    factors: list[str]  # intersecting factors (WP 2021-2023 paras 5b, 8)
    detained: str
    defender: str
    consent: Answers


class Group(TypedDict):
    number: str
    description: str
    factors: list[str]
    consent: Answers


class Perpetrator(TypedDict):
    kind: str  # state, state_supported, non_state, unknown
    description: str


class Law(TypedDict):
    title: str
    status: str
    provisions: str


class Report(TypedDict):
    """`Kind.REPORT`: what was sent in one go. Never overwritten; what comes later is a record of its own."""

    version: int
    language: str
    matter: str  # Matter
    country: str  # ISO3, also where the sender asked to keep the State out of the readable columns
    actor: str  # a non-State addressee, as typed
    mandates: list[str]
    facts: Facts
    law: NotRequired[Law]
    victims: list[Victim]
    group: NotRequired[Group]
    how_asked: str  # who asked for consent, when and how
    perpetrators: list[Perpetrator]
    done_at_home: str
    why_nothing_done: str
    other_procedures: str
    fears: str
    confidential_passages: str
    wrote_before: bool
    gaps: list[str]  # Criterion, as the coach found them when the report was sent


class Person(TypedDict):
    """`Kind.PEOPLE`, identity compartment."""

    code: str
    name: str
    birth: str
    nationality: str
    occupation: str
    address: str
    other: str


class Contact(TypedDict):
    """`Kind.CONTACT`, identity compartment."""

    name: str
    organization: str
    relation: str
    address: str
    email: str
    phone: str
    language: str
    safe_contact: str
    may_contact: bool


class Consented(TypedDict):
    """`Kind.CONSENT`: one line of the ledger. The last line for a victim and a use counts; none is ever removed."""

    code: str  # a victim, "group", or "*" for all
    use: str  # Use, or "*" when everything is withdrawn
    answer: str  # Consent
    given_by: str
    given_on: str
    how: str  # written, oral, form, return
    recorded_by: str  # "source", or the username of staff


class MessageIn(TypedDict):
    """`Kind.MESSAGE_IN`."""

    about: Literal["message", "information", "consent", "reprisal"]
    text: str


class MessageOut(TypedDict):
    """`Kind.MESSAGE_OUT`. The source reads `text` alone."""

    text: str
    by: str


class Note(TypedDict):
    """`Kind.NOTE`."""

    text: str
    by: str


class Title(TypedDict):
    """`Kind.TITLE`; the last one counts."""

    text: str
