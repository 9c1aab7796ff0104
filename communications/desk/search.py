"""Full-text search over every open case, by opening and scanning: an index of sealed text would give it away.

Case and accents do not count. What was typed is never written down; the audit says that somebody searched.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from communications.cases.models import Case
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.vault import members, records
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import OpenCompartment
from iesogi.vault.sessions import Unlocked

SEARCHED = [Kind.REPORT, Kind.MESSAGE_IN, Kind.MESSAGE_OUT, Kind.NOTE, Kind.TITLE, Kind.FILE_ABOUT]
AROUND = 60
SHORTEST, LONGEST = 2, 200
BATCH = 200


@dataclass(frozen=True)
class Hit:
    case: Case
    kind: Kind
    snippet: tuple[str, str, str]  # before, found, after


@dataclass(frozen=True)
class Found:
    hits: list[Hit]
    searched: int
    damaged: int


def folded(text: str) -> str:
    """Without accents and capitals. ASCII, most of what is scanned, takes the short way."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    for mark in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(mark, "")
    return plain.casefold()


def search(words: str, *, unlocked: Unlocked) -> Found:
    """One hit for each record that holds the words as typed, newest cases first."""
    wanted = folded(" ".join(words.split()))
    if not SHORTEST <= len(wanted) <= LONGEST:
        raise StepRefused(_("Type between 2 and 200 signs to search for."))
    cases = {case.content_id: case for case in Case.objects.open().exclude(content=None)}
    hits, damaged = [], 0
    for place, texts in scan(cases, unlocked=unlocked):
        if texts is None:
            damaged += 1
            continue
        hits += [Hit(cases[place], kind, cut) for kind, content in texts if (cut := first_hit(content, wanted))]
    audit.record(by=unlocked.user, verb="cases.searched", searched=len(cases), hits=len(hits))
    order = {place: number for number, place in enumerate(cases)}
    hits.sort(key=lambda hit: order[hit.case.content_id])
    return Found(hits, len(cases), damaged)


def scan(places, *, unlocked: Unlocked) -> Iterator[tuple[UUID, list[tuple[Kind, Any]] | None]]:
    """What each compartment holds; None for one whose key, or any text, is damaged. Few are in memory at a time."""
    places = list(places)
    for start in range(0, len(places), BATCH):
        opened = members.open_compartments(unlocked, places[start : start + BATCH])
        rows = SealedRecord.objects.filter(compartment__in=opened, kind__in=SEARCHED).order_by("compartment_id")
        read = {place: _read(group, opened[place]) for place, group in groupby(rows, lambda row: row.compartment_id)}
        yield from ((place, read.get(place, [])) for place in opened)


def _read(rows, opened: OpenCompartment | None) -> list[tuple[Kind, Any]] | None:
    try:
        return None if opened is None else [(Kind(row.kind), records.read(row, opened).content) for row in rows]
    except Damaged:
        return None


def first_hit(content: Any, wanted: str) -> tuple[str, str, str] | None:
    for text in texts_in(content):
        at = folded(text).find(wanted)
        if at >= 0:
            return _cut(text, at, len(wanted))
    return None


def texts_in(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from texts_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from texts_in(value)


def _cut(text: str, at: int, length: int) -> tuple[str, str, str]:
    """A place in the folded text back to the text as written, whose signs may fold to none or to several."""
    start, end = _written(text, at), _written(text, at + length)
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return ("…" if start > AROUND else "") + before, text[start:end], after + ("…" if end + AROUND < len(text) else "")


def _written(text: str, at: int) -> int:
    if text.isascii():
        return at
    passed = 0
    for place, sign in enumerate(text):
        if passed >= at:
            return place
        passed += len(folded(sign))
    return len(text)
