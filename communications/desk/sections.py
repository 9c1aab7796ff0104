"""A report as staff read it: section by section, with labels for codes, and no section that holds nothing.

Reports of every version are read, so a key that is missing is a line that is not shown.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from communications.cases import choices
from communications.cases.contents import Report
from communications.cases.enums import Matter, Timing
from iesogi.reference.models import Country, Mandate


class Line(NamedTuple):
    label: str
    value: str


class Section(NamedTuple):
    title: str
    lines: list[Line]


def said(enum, value: Any) -> str:
    """The label of a code, or the code itself where no list knows it."""
    return str(enum(value).label) if value in enum.values else str(value or "")


def all_said(enum, values: Any) -> str:
    return ", ".join(said(enum, value) for value in values or [])


def sections(report: Report) -> list[Section]:
    made = [_matter(report), _facts(report), _law(report), *_victims(report), _group(report)]
    made += [*_perpetrators(report), _at_home(report), _risk(report)]
    kept = (Section(each.title, [line for line in each.lines if line.value]) for each in made if each)
    return [section for section in kept if section.lines]


def _country(report: Report) -> str:
    iso3 = report.get("country", "")
    found = Country.objects.filter(iso3=iso3).first() if iso3 else None
    return str(found or iso3)


def _mandates(report: Report) -> str:
    """Names for the short words that the form sends; one that is not known stands as it is."""
    named = report.get("mandates", [])
    found = {each.code: str(each) for each in Mandate.objects.filter(code__in=named)}
    return "; ".join(found.get(code, code) for code in named)


def _language(report: Report) -> str:
    code = report.get("language", "")
    return str(dict(settings.LANGUAGES).get(code, code))


def _matter(report: Report) -> Section:
    lines = [
        Line(_("Kind of matter"), said(Matter, report.get("matter"))),
        Line(_("State"), _country(report)),
        Line(_("Other addressee"), report.get("actor", "")),
        Line(_("Mandates named by the source"), _mandates(report)),
        Line(_("Written in"), _language(report)),
        Line(_("Wrote before"), _("yes, under another number") if report.get("wrote_before") else ""),
        Line(_("How the sender knows"), said(choices.HowKnown, report.get("how_known"))),
    ]
    return Section(_("What it is about"), lines)


def _facts(report: Report) -> Section:
    facts = report.get("facts", {})
    lines = [
        Line(_("Account"), facts.get("account", "")),
        Line(_("Timing"), said(Timing, facts.get("timing"))),
        Line(_("Began"), facts.get("begun", "")),
        Line(_("Ended"), facts.get("ended", "")),
        Line(_("Place"), facts.get("place", "")),
        Line(_("Why it cannot wait"), facts.get("why_urgent", "")),
        Line(_("Why the sender thinks it happened"), facts.get("motive", "")),
    ]
    return Section(_("What happened, when and where"), lines)


def _law(report: Report) -> Section | None:
    law = report.get("law")
    if not law:
        return None
    lines = [
        Line(_("Title"), law.get("title", "")),
        Line(_("Where it stands"), said(choices.LawStatus, law.get("status"))),
        Line(_("Provisions"), law.get("provisions", "")),
    ]
    return Section(_("Law, bill, policy or practice"), lines)


def _victims(report: Report) -> Iterator[Section]:
    for victim in report.get("victims", []):
        yield Section(
            _("Alleged victim %(code)s") % {"code": victim.get("code", "?")},
            [
                Line(_("Age at the time"), said(choices.AgeBand, victim.get("age_band"))),
                Line(_("Gender"), said(choices.Gender, victim.get("gender"))),
                Line(_("Orientation, lived or perceived"), said(choices.Orientation, victim.get("orientation"))),
                Line(_("Also at issue"), all_said(choices.Factor, victim.get("factors"))),
                Line(_("Detained"), said(choices.YesNo, victim.get("detained"))),
                Line(_("Human rights defender"), said(choices.YesNo, victim.get("defender"))),
            ],
        )


def _group(report: Report) -> Section | None:
    group = report.get("group")
    if not group:
        return None
    lines = [
        Line(_("How many"), str(group.get("number", ""))),
        Line(_("Who they are"), group.get("description", "")),
    ]
    return Section(_("Alleged victims as a group"), lines)


def _perpetrators(report: Report) -> Iterator[Section]:
    for number, each in enumerate(report.get("perpetrators", []), start=1):
        yield Section(
            _("Alleged perpetrator %(number)s") % {"number": number},
            [
                Line(_("Whose act it is said to be"), said(choices.Actor, each.get("kind"))),
                Line(_("Description"), each.get("description", "")),
            ],
        )


def _at_home(report: Report) -> Section:
    lines = [
        Line(_("Done at home"), report.get("done_at_home", "")),
        Line(_("Why nothing was done"), report.get("why_nothing_done", "")),
        Line(_("Other procedures"), report.get("other_procedures", "")),
    ]
    return Section(_("What was done about it"), lines)


def _risk(report: Report) -> Section:
    lines = [
        Line(_("What the source fears"), report.get("fears", "")),
        Line(_("Passages that must stay confidential"), report.get("confidential_passages", "")),
    ]
    return Section(_("Risk"), lines)
