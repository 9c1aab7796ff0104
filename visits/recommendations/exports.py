"""Recommendations as CSV, XLSX and JSON. Rows are read in pieces, so that a large list needs little memory."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse

from iesogi.documents.spreadsheets import XLSX, csv_lines, sheet_text, workbook
from visits.recommendations.columns import COLUMNS, as_row

PIECE = 1000


def rows(recommendations: QuerySet, *, all_evidence: bool) -> Iterator[dict]:
    found = recommendations.select_related("country", "latest").prefetch_related("tags").defer("search_text")
    for recommendation in found.iterator(chunk_size=PIECE):
        yield as_row(recommendation, root=settings.PORTAL_URL.rstrip("/"), all_evidence=all_evidence)


def as_csv(table: Iterable[dict]) -> Iterator[str]:
    return csv_lines(COLUMNS, ([row[name] for name in COLUMNS] for row in table))


def as_json(table: Iterable[dict]) -> Iterator[str]:
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    yield '{"recommendations": ['
    for number, row in enumerate(table):
        yield (",\n" if number else "\n") + json.dumps(row, default=encoder.default, ensure_ascii=False)
    yield "\n]}\n"


def as_xlsx(table: Iterable[dict]) -> bytes:
    lines = ([sheet_text(row[name]) for name in COLUMNS] for row in table)
    return workbook([("Recommendations", chain([COLUMNS], lines))])


def response(recommendations: QuerySet, form: str, *, all_evidence: bool = False) -> HttpResponse:
    """The file to download: `form` is csv, json or xlsx."""
    table = rows(recommendations, all_evidence=all_evidence)
    if form == "xlsx":
        answer = HttpResponse(as_xlsx(table), content_type=XLSX)
    elif form == "json":
        answer = StreamingHttpResponse(as_json(table), content_type="application/json; charset=utf-8")
    else:
        answer = StreamingHttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="recommendations.{form}"'
    return answer
