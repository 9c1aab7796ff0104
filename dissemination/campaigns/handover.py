"""What is handed over when a campaign ends, or before: a PDF with statement and totals, and a CSV of the names.

Neither names a person or an address, and no organisation that asked only to be counted: documents are kept for ever.
"""

from collections.abc import Iterator
from datetime import date

from django import forms
from django.conf import settings
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dissemination.campaigns.models import Campaign, Signature
from dissemination.campaigns.totals import Totals, printed, region_label, totals
from dissemination.markdown import to_html
from iesogi.audit import services as audit
from iesogi.documents import services as documents
from iesogi.documents.models import Document
from iesogi.documents.spreadsheets import csv_lines
from iesogi.reference.figures import number
from iesogi.reference.querysets.countries import name_field

TEMPLATE = "pdf/campaigns/handover.html"


class HandoverForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


def ask_for_pdf(campaign: Campaign, *, language: str, by) -> Document:
    """Queue the PDF of the campaign as it stands at this moment."""
    today = timezone.localdate()
    with translation.override(language):
        text = campaign.text
        title = _("Hand-over: %(campaign)s") % {"campaign": text.title if text else campaign.title}
        data = snapshot(campaign, on=today)
    return documents.request(
        kind=f"handover-{campaign.code}"[:60],
        title=title,
        template=TEMPLATE,
        snapshot=data,
        language=language,
        as_of=today,
        by=by,
    )


def page_of(document: Document) -> str:
    """Where staff see how it gets on."""
    return reverse("admin:documents_document_change", args=[document.pk])


def snapshot(campaign: Campaign, *, on: date) -> dict:
    """Plain data, in the language that is active."""
    text, found = campaign.text, totals(campaign)
    listed = Signature.objects.listed().filter(campaign=campaign)
    names = listed.count()
    return {
        "campaign": {
            "title": text.title if text else campaign.title,
            "hashtag": campaign.hashtag,
            "state": str(campaign.get_state_display()),
            "statement_language": text.language if text else "",
            "statement": str(to_html(text.statement)) if text else "",
            "address": settings.PORTAL_URL + reverse("campaigns:detail", args=[campaign.code]),
        },
        "as_of": date_format(on, "DATE_FORMAT"),
        "total": number(found.total),
        "states": number(found.states),
        "listed": number(names),
        "unlisted": number(found.total - names),
        "totals": _totals_table(found),
        "printed": [_printed_table(each) for each in printed(campaign) if each.parts],
        "regions": list(_regions(listed)) if names <= settings.HANDOVER_PDF_NAMES else [],
        "too_many": names > settings.HANDOVER_PDF_NAMES,
    }


def _totals_table(found: Totals) -> dict:
    return {
        "caption": _("Confirmed signatures by region and level"),
        "headings": [(_("Region"), "name"), *((level, "figure") for level in found.levels), (_("Together"), "figure")],
        "rows": [
            [
                (line.label, "name"),
                *((number(count), "figure") for count in line.counts),
                (number(line.total), "figure"),
            ]
            for line in found.lines
        ],
        "totals": [
            (_("Together"), "name"),
            *((number(count), "figure") for count in found.columns),
            (number(found.total), "figure"),
        ],
        "note": _("Each signature stands in one cell, so the sums are exact."),
    }


def _printed_table(figure) -> dict:
    return {
        "caption": _("%(what)s, as printed") % {"what": figure.label},
        "headings": [(_("Part"), "name"), (_("As printed"), "figure")],
        "rows": [[(name, "name"), (quantity, "figure")] for name, quantity in figure.parts]
        + [[(_("Sum of the parts"), "name"), (number(figure.computed), "figure")]],
        "totals": [(_("Printed for all"), "name"), (figure.as_printed, "figure")],
        "note": figure.difference,
    }


def _regions(listed) -> Iterator[dict]:
    """Organisations by region, then by name."""
    rows: dict[str, list] = {}
    for signature in listed.select_related("country").order_by("organisation"):
        place = str(signature.country) if signature.country else "–"
        cells = [(signature.organisation, "name"), (str(signature.get_level_display()), "text"), (place, "text")]
        rows.setdefault(region_label(signature.region), []).append(cells)
    for label in sorted(rows):
        yield {
            "caption": label,
            "headings": [(_("Organization"), "name"), (_("Level"), "text"), (_("State"), "text")],
            "rows": rows[label],
            "note": "",
        }


# --- CSV ------------------------------------------------------------------------------------------


def give_csv(campaign: Campaign, *, by) -> StreamingHttpResponse:
    """The listed organisations, one a line, however many; who took it is in the audit."""
    listed = Signature.objects.listed().filter(campaign=campaign).select_related("country").order_by("organisation")
    audit.record(by=by, verb="campaign.exported", target=campaign, format="csv", rows=listed.count())
    response = StreamingHttpResponse(_lines(listed), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{campaign.code}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(listed) -> Iterator[str]:
    heads = [_("Organization"), _("Level"), _("ISO code"), _("State"), _("UN regional group"), _("Confirmed on")]
    columns = ("organisation", "level", "country__iso3", f"country__{name_field()}", "region", "confirmed_at")
    rows = listed.values_list(*columns).iterator(chunk_size=2000)
    return csv_lines(heads, ([*cells, timezone.localdate(confirmed)] for *cells, confirmed in rows))
