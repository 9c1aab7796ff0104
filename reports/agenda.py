"""The research agenda as a calendar of forums and years, for the page, the dashboard and the PDF alike (R17, R18)."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from iesogi.reference.enums import Forum
from iesogi.reference.models import Session
from reports.enums import ThemeStatus
from reports.models import Report, Theme


class Slot(NamedTuple):
    """The place for one report: what is planned for it, and what came out in it."""

    forum: Forum
    year: int
    session: Session | None
    themes: list[Theme]
    report: Report | None

    @property
    def is_crowded(self) -> bool:
        """Several themes for the one report: it joins them, or one of them moves."""
        return len(self.themes) > 1

    @property
    def planned(self) -> list[Theme]:
        """Those that were a plan when the programme was written; the others stand with their report."""
        return [theme for theme in self.themes if theme.status == ThemeStatus.PLANNED]


class Year(NamedTuple):
    year: int
    slots: list[Slot]


class Agenda(NamedTuple):
    years: list[Year]
    floating: list[Theme]

    @property
    def waiting(self) -> list[Theme]:
        """Floating themes that no report has taken up yet, in whatever year."""
        return [theme for theme in self.floating if not theme.is_reported]

    @property
    def slots(self) -> list[Slot]:
        return [slot for year in self.years for slot in year.slots]

    @property
    def crowded(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.is_crowded]

    @property
    def theme_count(self) -> int:
        return sum(len(slot.themes) for slot in self.slots) + len(self.floating)

    @property
    def excess(self) -> int:
        """Themes beyond the slots there are; 0 when each could have its own."""
        return max(self.theme_count - len(self.slots), 0)

    @property
    def conflict_in_words(self) -> str:
        """Why not every theme can have a report of its own; empty while nothing collides."""
        sentences = []
        if self.excess:
            sentences.append(
                _("%(themes)d themes are planned for %(slots)d slots, so some wait or share a report.")
                % {"themes": self.theme_count, "slots": len(self.slots)}
            )
        sentences += [
            _("%(forum)s %(year)d holds %(count)d themes.")
            % {"forum": slot.forum.label, "year": slot.year, "count": len(slot.themes)}
            for slot in self.crowded
        ]
        return " ".join(sentences)


def agenda(first_year: int, last_year: int) -> Agenda:
    """Every slot of these years, both included, and the themes that float. Four queries."""
    themes, floating = _themes(first_year, last_year)
    reports = {
        (report.forum, report.year): report
        for report in Report.objects.filter(year__range=(first_year, last_year)).prefetch_related("themes")
    }
    sessions = {
        (session.forum, session.year): session
        for session in Session.objects.of_the_mandate().filter(year__range=(first_year, last_year))
    }
    years = [
        Year(
            year,
            [
                Slot(forum, year, sessions.get((forum, year)), themes[forum, year], reports.get((forum, year)))
                for forum in Forum
            ],
        )
        for year in range(first_year, last_year + 1)
    ]
    return Agenda(years, floating)


def _themes(first_year: int, last_year: int) -> tuple[dict, list[Theme]]:
    """By slot, and the floating ones. A theme that was taken up without a plan stands with its report only."""
    unplanned = Q(status=ThemeStatus.DONE, ref="")
    by_slot, floating = defaultdict(list), []
    themes = Theme.objects.between(first_year, last_year).exclude(unplanned).with_reported()
    for theme in themes.order_by("year", "letter", "label"):
        if theme.floating:
            floating.append(theme)
        else:
            by_slot[theme.forum, theme.year].append(theme)
    return by_slot, floating


class Outcome(NamedTuple):
    """A planned theme and what came of it: plan and actual side by side."""

    theme: Theme
    reports: list[Report]

    @property
    def is_as_planned(self) -> bool:
        return any((report.forum, report.year) == (self.theme.forum, self.theme.year) for report in self.reports)

    @property
    def has_moved(self) -> bool:
        return bool(self.reports) and not self.is_as_planned

    @property
    def in_words(self) -> str:
        if not self.reports:
            return _("No report yet.")
        named = ", ".join(
            _("%(symbol)s (%(slot)s)") % {"symbol": report.symbol, "slot": report.slot} for report in self.reports
        )
        if self.theme.floating:
            return _("Found its slot: %(reports)s.") % {"reports": named}
        if self.has_moved:
            return _("Reported in another slot than planned: %(reports)s.") % {"reports": named}
        return _("Reported as planned: %(reports)s.") % {"reports": named}


def outcomes(first_year: int, last_year: int) -> list[Outcome]:
    """Themes printed for these years against the reports that came out, wherever they did. Two queries."""
    issued = Prefetch("reports", Report.objects.issued().order_by("year", "-forum"), to_attr="issued")
    themes = Theme.objects.printed().between(first_year, last_year).prefetch_related(issued)
    return [Outcome(theme, theme.issued) for theme in themes.order_by("ref")]
