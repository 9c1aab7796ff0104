"""All contributions of a call as one ZIP, written while it leaves: a manifest, a text and the files of each.

Without an open vault it holds what stands in clear; with one, also what is sealed. Nothing is kept on the disk.
"""

import zipfile
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.documents.spreadsheets import csv_lines
from iesogi.vault import files
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import OpenCompartment
from iesogi.vault.sessions import Unlocked
from reports.calls.models import Call
from reports.contributions import opening
from reports.contributions.enums import Publication
from reports.contributions.models import Contribution
from reports.contributions.tags import words_of

HEAD = [
    "reference", "category", "State", "language", "publication", "state", "timing", "week", "tags", "name",
    "co-signers", "file", "what it is", "question",
]  # fmt: skip
AT_ONCE = 200


class _Sink:
    """What `zipfile` writes to; `taken` hands it on and forgets it."""

    def __init__(self):
        self._pieces, self._place = [], 0

    def write(self, data) -> int:
        self._pieces.append(bytes(data))
        self._place += len(data)
        return len(data)

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def archive(call: Call, *, by, unlocked: Unlocked | None, at: datetime) -> Iterator[bytes]:
    """In pieces. That it was taken is in the audit before the first of them leaves."""
    audit.record(by=by, verb="call.archived", target=call, sealed=unlocked is not None)
    return _written(call, unlocked, at)


def _written(call: Call, unlocked: Unlocked | None, at: datetime) -> Iterator[bytes]:
    sink, manifest = _Sink(), []
    rows = Contribution.objects.counted().filter(call=call).order_by("ref")
    questions = {each.order: f"{each.order}. {each.text_en}" for each in call.questions.all()}
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        for part in _in_parts(rows.select_related("country").prefetch_related("answers__question", "tags")):
            keys = opening.open_many(part, unlocked=unlocked) if unlocked else {}
            for row in part:
                yield from _one(row, target, sink, manifest, keys.get(row.content_id), questions, at)
        lines = "".join(csv_lines(HEAD, manifest))
        target.writestr(_entry("manifest.csv", at), lines.encode())
    yield sink.taken()


def _in_parts(rows) -> Iterator[list[Contribution]]:
    """By reference, so that no part meets a row twice."""
    last = ""
    while part := list(rows.filter(ref__gt=last)[:AT_ONCE]):
        yield part
        last = part[-1].ref


def _one(row, target, sink, manifest, key: OpenCompartment | None, questions, at) -> Iterator[bytes]:
    found = opening.look(row, key, questions) if key else None
    text = _text(row, found)
    name = f"{row.ref}/{row.ref}.txt" if text else ""
    if text:
        target.writestr(_entry(name, at), text.encode())
    manifest.append(_line(row, found, name, _("answers") if text else _("sealed: open your vault to take it along")))
    yield sink.taken()
    for number, about in enumerate(found.files if found else [], 1):
        is_clean = bool(about.get("cleaned"))
        kind = Kind.FILE_CLEANED if is_clean else Kind.FILE_ORIGINAL
        file = f"{row.ref}/{number}-{opening.name_of(about, kind)}"
        said = _("copy without hidden data") if is_clean else _("original, as it came: it may name people")
        try:
            yield from _copied(about["cleaned" if is_clean else "original"], key, _entry(file, at), target, sink)
        except Damaged:
            said = _("damaged")
        manifest.append(_line(row, found, file, said, about.get("description", "")))


def _copied(record, key, entry, target, sink) -> Iterator[bytes]:
    pieces = files.download(SealedRecord.objects.get(pk=record), key)
    with target.open(entry, "w", force_zip64=True) as copy:
        for piece in pieces:
            copy.write(piece)
            yield sink.taken()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return entry


def _text(row: Contribution, found) -> str:
    pairs = found.answers if found else [(str(each.question), each.text) for each in row.answers.all()]
    return "\n\n".join(f"{question}\n{words}" for question, words in pairs)


def _line(row: Contribution, found, file: str, what: str, question: str = "") -> list[str]:
    said = found.report if found else {}
    return [
        row.ref,
        row.get_category_display(),
        row.country.name_en if row.country else "",
        row.get_language_display(),
        str(Publication(row.publication).short),
        row.get_state_display(),
        row.get_timing_display(),
        row.week.isoformat(),
        words_of(row),
        said.get("name", row.name),
        said.get("cosigners", row.cosigners).replace("\n", "; "),
        file,
        what,
        question,
    ]
