"""Published letters as CSV and JSON, read in pieces and written as they are read."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from communications.models import Letter
from communications.register import catalogue
from communications.register.addresses import permanent_address
from iesogi.documents.spreadsheets import csv_lines

PIECE = 1000
SEPARATOR = "; "
COLUMNS = (
    "reference", "type", "state", "addressee", "regional_group", "sent_on", "published_on", "session", "joint", "role",
    "mandates", "title", "themes", "replies", "first_reply_on", "reply", "outcome", "contribution", "url",
)  # fmt: skip


def as_row(letter: Letter) -> dict[str, Any]:
    """One letter; asks for the relations of `catalogue.with_relations`."""
    country, row = letter.country, catalogue.publication_of(letter)
    replies, outcome = letter.public_replies, catalogue.outcome(letter)
    fullest = catalogue.fullest(letter)
    return {
        "reference": letter.reference,
        "type": letter.kind,
        "state": country.iso3 if country else "",
        "addressee": str(letter.addressee),
        "regional_group": country.regional_group if country else "",
        "sent_on": letter.sent_on,
        "published_on": letter.published_on,
        "session": row.session if row else None,
        "joint": letter.joint,
        "role": letter.role,
        "mandates": SEPARATOR.join(str(each.mandate) for each in letter.signatories.all()),
        "title": catalogue.matter(letter),
        "themes": SEPARATOR.join(theme.label for theme in letter.public_themes),
        "replies": len(replies),
        "first_reply_on": replies[0].received_on if replies else None,
        "reply": fullest.reply_class if fullest else "",
        "outcome": outcome,
        "contribution": letter.contribution if outcome else "",
        "url": permanent_address(letter) if letter.number else "",
    }


def rows(letters: QuerySet) -> Iterator[dict[str, Any]]:
    for letter in catalogue.with_relations(letters).iterator(chunk_size=PIECE):
        yield as_row(letter)


def as_csv(table: Iterator[dict[str, Any]]) -> Iterator[str]:
    return csv_lines(COLUMNS, (row.values() for row in table))


def as_json(table: Iterator[dict[str, Any]]) -> Iterator[str]:
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    yield '{"letters": ['
    for number, row in enumerate(table):
        yield (",\n" if number else "\n") + json.dumps(row, default=encoder.default, ensure_ascii=False)
    yield "\n]}\n"


def response(letters: QuerySet, form: str) -> StreamingHttpResponse:
    """The file to download: `form` is csv or json."""
    if form == "json":
        answer = StreamingHttpResponse(as_json(rows(letters)), content_type="application/json; charset=utf-8")
    else:
        answer = StreamingHttpResponse(as_csv(rows(letters)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="communications.{form}"'
    return answer
