"""From a template to the first text of a letter: its fields filled with what cases say, as alleged (R29).

Only the content compartment is read, so neither a name nor the source can come into a text by itself (R2, R4).
"""

from collections.abc import Callable, Iterable, Iterator
from string import Template

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communications.cases.contents import Report
from communications.cases.models import Case
from communications.desk import opening
from communications.exceptions import StepRefused
from communications.letters.models import LetterTemplate, Norm
from iesogi.deadlines.days import today
from iesogi.reference.models import Country, Mandate
from iesogi.vault.sessions import Unlocked

# Left in a text by the portal; nothing is approved before a person has taken them away.
DESCRIBE, NORMS, ADDRESSEE = gettext_noop("[Describe]"), gettext_noop("[Choose norms]"), gettext_noop("[Addressee]")
PLACE = gettext_noop("[Put this in its place]")
TITLE = gettext_noop("[Put the official title in this language]")
CHECK = gettext_noop("[A case was taken out: read the text whole]")


def problems_of(body: str) -> str:
    """What is wrong with the fields of a template, as a sentence; empty where nothing is."""
    template = Template(body)
    if not template.is_valid():
        return _("A single $ stands in the text. Write $$ for the sign itself, or the name of a field after it.")
    used = set(template.get_identifiers())
    if unknown := sorted(used - LetterTemplate.FIELDS):
        return _("Nothing fills $%(names)s. The fields are $%(known)s.") % {
            "names": ", $".join(unknown),
            "known": ", $".join(sorted(LetterTemplate.FIELDS)),
        }
    if "allegations" not in used:
        return _("The text has no $allegations, so no letter made of it would say what it is about.")
    return ""


def first_text(letter, cases: Iterable[Case], norms: Iterable[Norm], *, unlocked: Unlocked) -> str:
    """In the language of the letter. Raises StepRefused where the template is missing."""
    template = LetterTemplate.objects.filter(kind=letter.kind, language=letter.language).first()
    if template is None:
        raise StepRefused(
            _("There is no template for %(kind)s in %(language)s. Write one under “Templates of letters”.")
            % {"kind": letter.get_kind_display(), "language": letter.get_language_display()}
        )
    reports = [_report(case, unlocked) for case in cases]
    with translation.override(letter.language):
        fields = {
            "addressee": _addressee(letter, reports),
            "capacities": "; ".join(_capacities(letter, Mandate.title_in)),
            "of_capacities": "; ".join(_capacities(letter, Mandate.title_after_of)),
            "allegations": "\n\n".join(line for report in reports for line in _allegations(report)) or _(DESCRIBE),
            "legal": "\n\n".join(norm.text_in(letter.language) for norm in norms) or _(NORMS),
            "date": date_format(today()),
            "reply_days": str(settings.REPLY_DAYS[letter.kind]),
        }
    return Template(template.body).substitute(fields)


def unfilled(text: str, language: str) -> list[str]:
    """Places that the first text left open and nobody has filled since."""
    with translation.override(language):
        places = [_(place) for place in (DESCRIBE, NORMS, ADDRESSEE, PLACE, TITLE, CHECK)]
    return [place for place in places if place in text]


def allegations_of(case: Case, *, unlocked: Unlocked) -> list[str]:
    """What a case says, paragraph by paragraph, in the language that is active."""
    return [line for line in _allegations(_report(case, unlocked)) if line]


def _report(case: Case, unlocked: Unlocked) -> Report:
    report = opening.look(case, unlocked=unlocked).report
    if report is None:
        raise StepRefused(_("%(ref)s does not open for you, so no letter can be written on it.") % {"ref": case})
    return report


def _addressee(letter, reports: list[Report]) -> str:
    """The State may be sealed in the report alone; the text, sealed as well, may say it."""
    codes = {report.get("country", "") for report in reports} - {""}
    country = letter.country or Country.objects.filter(iso3__in=codes).first()
    if country:
        return getattr(country, f"name_{letter.language}", "") or country.name_en
    return letter.other_addressee or _(ADDRESSEE)


def _capacities(letter, titled: Callable[[Mandate, str], str]) -> Iterator[str]:
    """Ours first, then who signs with us, each with the resolution that its mandate rests on where it is known.

    A title that nobody has entered in the language of the letter stands in English, with a place to be filled.
    """
    others = [row.mandate for row in letter.signatories.select_related("mandate") if not row.mandate.is_ours]
    ours = Mandate.objects.filter(is_ours=True)
    for mandate in [*ours, *others]:
        term = mandate.terms.exclude(resolution="").order_by("-year").first()
        title = titled(mandate, letter.language) or f"{mandate.title_in('en')} {_(TITLE)}"
        yield _("%(title)s (%(resolution)s)") % {"title": title, "resolution": term.resolution} if term else title


def _allegations(report: Report) -> Iterator[str]:
    facts = report.get("facts", {})
    yield facts.get("account", "")
    if victims := [victim["code"] for victim in report.get("victims", [])]:
        yield _("The alleged victims are referred to here as %(codes)s.") % {"codes": ", ".join(victims)}
    if group := report.get("group"):
        yield _("The alleged victims are a group: %(description)s") % {"description": group["description"]}
    for each in report.get("perpetrators", []):
        if each.get("description"):
            yield _("Alleged perpetrators: %(description)s") % {"description": each["description"]}
    if law := report.get("law"):
        yield _("The text in question: %(title)s. %(provisions)s") % {
            "title": law.get("title", ""),
            "provisions": law.get("provisions", ""),
        }
    if report.get("done_at_home"):
        yield _("Steps taken so far, as alleged: %(steps)s") % {"steps": report["done_at_home"]}
