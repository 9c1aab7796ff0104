"""One State on one page and one sheet: visits, recommendations with their status, published letters.

Only what is public: no request for a visit, no letter before publication, no recommendation held back (R1, R23).
"""

from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communications.register import catalogue
from iesogi.deadlines.clock import short
from iesogi.documents import maps
from iesogi.documents import services as documents
from iesogi.documents.models import Document
from iesogi.documents.responses import pdf_response
from iesogi.documents.tables import Table, table
from iesogi.reference.models import Country
from visits.enums import VisitState
from visits.models import Recommendation, Visit
from visits.recommendations.enums import Status

TEMPLATE = "pdf/countries/sheet.html"
REMEMBERED_SECONDS = 30
# A sheet is a few pages; the tracker on the web holds them all.
MOST_RECOMMENDATIONS = 200


class Sheet(NamedTuple):
    """Everything the public may know of one State, as tables; a fixed number of queries."""

    country: Country
    facts: list[tuple[str, str]]
    visits: Table
    recommendations: Table
    standing: list[tuple[str, int]]
    letters: Table
    picture: SafeString | str

    @property
    def tables(self) -> list[Table]:
        return [each for each in (self.visits, self.recommendations, self.letters) if each["rows"]]


def sheet(country: Country) -> Sheet:
    visits = list(Visit.objects.public().filter(country=country).select_related("country", "presented_at"))
    tally = Recommendation.objects.public().of_state(country).tally()
    return Sheet(
        country=country,
        facts=_facts(country, visits, tally),
        visits=_visits(visits),
        recommendations=_recommendations(country),
        standing=[(str(Status(status).label), count) for status, count in tally.items() if count],
        letters=_letters(country),
        picture=_picture(country, visits),
    )


def _facts(country: Country, visits: list[Visit], tally: dict[str, int]) -> list[tuple[str, str]]:
    invitation = getattr(country, "standing_invitation", None)
    done = sum(visit.state == VisitState.DONE for visit in visits)
    since = _("since %(day)s") % {"day": short(invitation.since)} if invitation and invitation.since else _("yes")
    return [
        (_("UN regional group"), str(country.get_regional_group_display() or _("none"))),
        (_("Standing invitation"), since if invitation else _("not recorded")),
        (_("Visits carried out"), str(done)),
        (_("Recommendations shown"), str(sum(tally.values()))),
        (_("Implemented, of those assessed"), _implemented(tally)),
    ]


def _implemented(tally: dict[str, int]) -> str:
    """The share leaves out what nobody has assessed (domain.md R24)."""
    assessed = sum(tally.values()) - tally[Status.NOT_ASSESSED]
    if not assessed:
        return _("none assessed yet")
    done = tally[Status.IMPLEMENTED]
    words = {"done": done, "assessed": assessed, "percent": 100 * done // assessed}
    return _("%(done)d of %(assessed)d, %(percent)d %%") % words


def _visits(visits: list[Visit]) -> Table:
    rows = [
        [
            visit.dates_in_words or visit.put_off_in_words or _("days open"),
            str(visit.get_kind_display()),
            str(visit.public_state),
            _report(visit),
            str(visit.presented_at or "–"),
        ]
        for visit in visits
    ]
    return table(_("Visits"), [_("When"), _("Kind"), _("Status"), _("Report"), _("Presented at")], rows)


def _report(visit: Visit) -> str:
    if not visit.report_symbol:
        return "–"
    if visit.report_is_confirmed:
        return visit.report_symbol
    return f"{visit.report_symbol} ({visit.get_report_evidence_display()})"


def _recommendations(country: Country) -> Table:
    shown = Recommendation.objects.public().of_state(country).with_relations()
    shown = list(shown.order_by("source_symbol", "pk")[: MOST_RECOMMENDATIONS + 1])
    rows = [
        [each.printed_source, each.text, str(each.get_measure_display() or "–"), str(each.get_status_display())]
        for each in shown[:MOST_RECOMMENDATIONS]
    ]
    note = _("The first %d; the public tracker holds them all.") % MOST_RECOMMENDATIONS
    headings = [_("Source"), _("Recommendation"), _("Measure"), _("Implementation")]
    return table(_("Recommendations"), headings, rows, note=note if len(shown) > MOST_RECOMMENDATIONS else "")


def _letters(country: Country) -> Table:
    published = catalogue.letters().filter(country=country).order_by("year", "number")
    rows = [
        [
            each.reference,
            str(each.get_kind_display() or "–"),
            short(each.sent_on) if each.sent_on else _("day not printed"),
            catalogue.matter(each) or "–",
            catalogue.outcome(each) or "–",
        ]
        for each in published
    ]
    headings = [_("Reference"), _("Type"), _("Sent on"), _("What it is about"), _("Outcome")]
    return table(_("Published letters"), headings, rows)


def _picture(country: Country, visits: list[Visit]) -> SafeString | str:
    """Empty where there is nothing to show."""
    if not visits:
        return ""
    mark = "done" if any(visit.state == VisitState.DONE for visit in visits) else "announced"
    return maps.world_map(
        [maps.Place(country.iso3, mark)],
        title=_("%(state)s on the map") % {"state": country.name},
        desc=_("The State is filled where the mandate has visited it, and lined where a visit is announced."),
    )


@login_not_required
@require_safe
def page(request, iso3):
    country = _country(iso3)
    context = {"sheet": sheet(country), "disclaimer": maps.disclaimer(), "visits": _public_visits(country)}
    return render(request, "countries/detail.html", context)


def _public_visits(country: Country):
    return Visit.objects.public().filter(country=country).select_related("country").order_by("-starts_on", "pk")


def _country(iso3: str) -> Country:
    return get_object_or_404(Country.objects.select_related("standing_invitation"), iso3=iso3.upper())


@login_not_required
@require_safe
def pdf(request, iso3):
    """The public edition of these data, made once; the answer is remembered for half a minute."""
    country, language = _country(iso3), get_language()
    kind = f"country-sheet-{country.iso3.lower()}"
    editions = Document.objects.filter(kind=kind, language=language).light()
    document = editions.published().filter(pk=cache.get(f"{kind}-{language}")).first()
    if document is None:
        document = documents.obtain(**edition(country, kind=kind, as_of=timezone.localdate(), language=language))
        document = document or editions.published().newest()
    if document is None:
        return _not_ready(request, country)
    cache.set(f"{kind}-{language}", document.pk, REMEMBERED_SECONDS)
    return pdf_response(request, document)


def edition(country: Country, *, kind: str, as_of: date, language: str) -> dict[str, Any]:
    found = sheet(country)
    return {
        "kind": kind,
        "title": _("Country sheet: %(state)s") % {"state": country.name},
        "template": TEMPLATE,
        "snapshot": {
            "state": country.name,
            "facts": found.facts,
            "tables": found.tables,
            "standing": found.standing,
            "picture": str(found.picture),
            "disclaimer": maps.disclaimer(),
            "address": f"{settings.PORTAL_URL}/countries/{country.iso3.lower()}/",
        },
        "language": language,
        "as_of": as_of,
    }


def _not_ready(request, country: Country) -> HttpResponse:
    response = render(request, "countries/not_ready.html", {"country": country}, status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = "10"
    return response
