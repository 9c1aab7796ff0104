"""Engagements out of CSV: one row each, States by code or English name, reports by symbol."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dissemination.enums import Continent, EngagementKind
from dissemination.forms import EngagementForm
from dissemination.models import Engagement
from dissemination.tables import Table
from iesogi.reference.enums import Qualifier
from iesogi.reference.models import Country, Perspective
from reports.models import Report

COLUMNS = {
    "title": gettext_lazy("what it was"),
    "kind": ", ".join(EngagementKind.values),
    "held_on": gettext_lazy("for example 2021-05-17"),
    "host": gettext_lazy("who invited"),
    "online": gettext_lazy("yes or no"),
    "place": gettext_lazy("city"),
    "country": gettext_lazy("three letters, or the English name"),
    "continent": ", ".join(Continent.values),
    "languages": gettext_lazy("codes or names with commas between them, the cell in quotation marks"),
    "attendance": gettext_lazy("a number"),
    "attendance_qualifier": ", ".join(Qualifier.values),
    "reports": gettext_lazy("symbols with commas between them"),
    "perspectives": gettext_lazy("codes with commas between them"),
    "partners": gettext_lazy("who took part in carrying it out"),
    "url": gettext_lazy("an address"),
}
YES = {"yes", "y", "1", "true", "x", "online"}
NO = {"", "no", "n", "0", "false"}


class EngagementRow(EngagementForm):
    """The form of the page, with what people write in a table brought into what it understands."""

    def __init__(self, row: dict[str, str]):
        self.complaints: dict[str, str] = {}
        data = dict(row)
        data["online"] = self._yes(row.get("online", ""))
        data["country"] = self._country(row.get("country", ""))
        data["reports"] = self._many("reports", row.get("reports", ""), Report.objects, "symbol")
        data["perspectives"] = self._many("perspectives", row.get("perspectives", ""), Perspective.objects, "code")
        super().__init__(data)

    def clean(self):
        data = super().clean()
        for name, complaint in self.complaints.items():
            self.add_error(name, complaint)
        return data

    def _yes(self, cell):
        if cell.lower() not in YES | NO:
            self.complaints["online"] = _("“%(cell)s” is neither yes nor no.") % {"cell": cell}
        return cell.lower() in YES

    def _country(self, cell):
        if not cell:
            return ""
        found = (
            Country.objects.filter(iso3=cell.upper()).first() or Country.objects.filter(name_en__iexact=cell).first()
        )
        if found is None:
            self.complaints["country"] = _("“%(cell)s” is no State. Use its three letters, for example MEX.") % {
                "cell": cell
            }
        return found.pk if found else ""

    def _many(self, column, cell, rows, field):
        names = [name.strip() for name in cell.split(",") if name.strip()]
        found = dict(rows.filter(**{f"{field}__in": names}).values_list(field, "pk"))
        unknown = [name for name in names if name not in found]
        if unknown:
            self.complaints[column] = _("Not found: %(names)s.") % {"names": ", ".join(unknown)}
        return list(found.values())


def _is_there(data: dict) -> bool:
    return Engagement.objects.filter(title__iexact=data["title"], held_on=data["held_on"]).exists()


def cells_of(engagement: Engagement) -> list:
    """The same columns out as in, so an export can be corrected and read again."""
    codes = {
        "online": "yes" if engagement.online else "no",
        "country": engagement.country.iso3 if engagement.country else "",
        "languages": ", ".join(engagement.languages),
        "reports": ", ".join(report.symbol for report in engagement.reports.all() if report.symbol),
        "perspectives": ", ".join(perspective.code for perspective in engagement.perspectives.all()),
    }
    return [codes.get(name, getattr(engagement, name)) for name in COLUMNS]


ENGAGEMENTS = Table(
    name="engagement",
    model=Engagement,
    columns=COLUMNS,
    needed=("title", "kind", "held_on"),
    form=EngagementRow,
    same=_is_there,
)
