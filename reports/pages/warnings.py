"""Sentences that a desk has to see on the pages of a report."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.enums import Stage
from reports.method.conflicts import drafts_near
from reports.models import Report
from reports.pages.standing import Row

BOOKLET_LANGUAGES = ("fr", "es", "ar")


def everything(report: Report, rows: list[Row]) -> list[str]:
    return [*participation(report), *planning(report, rows), *words(report)]


def participation(report: Report) -> list[str]:
    if report.participation.strip():
        return []
    return [_("Nothing says yet how affected communities take part. Research cannot begin without it.")]


def planning(report: Report, rows: list[Row]) -> list[str]:
    if report.submitted_on or report.is_out:
        return []
    if report.slot_date is None:
        return [_("The slot date is not set, so no step can be planned.")]
    if not rows:
        return [_("The steps are not planned yet.")]
    late = [
        _("%(step)s: %(late)s.") % {"step": row.milestone.get_stage_display(), "late": row.when}
        for row in rows
        if row.is_late
    ]
    begun = [
        _("%(step)s had to begin by %(day)s to be ready in time.")
        % {"step": row.milestone.get_stage_display(), "day": date_format(row.slack.latest_start, "j F Y")}
        for row in rows
        if row.should_have_begun
    ]
    drafts = [row.milestone.deadline.due_on for row in rows if row.is_open and row.milestone.stage == Stage.DRAFTING]
    return [*late, *begun, *(sentence for day in drafts for sentence in drafts_near(day, but=report))]


def without_step(rows: list[Row], stage: Stage) -> list[str]:
    if any(row.milestone.stage == stage for row in rows):
        return []
    return [_("This step is not planned yet.")]


def words(report: Report) -> list[str]:
    if not report.words_too_many:
        return []
    sentence = ngettext(
        "The report is %(number)d word over the limit of document services.",
        "The report is %(number)d words over the limit of document services.",
        report.words_too_many,
    )
    return [sentence % {"number": report.words_too_many}]


def booklet(report: Report, findings: list) -> list[str]:
    if report.is_out or not findings:
        return untranslated(findings)
    wait = _("The report is not out yet: a booklet can be made and read, and is published after the issue.")
    return [wait, *untranslated(findings)]


def untranslated(findings: list) -> list[str]:
    """Languages of the booklet in which a finding has no words of its own."""
    sentences = []
    for code in BOOKLET_LANGUAGES:
        missing = sum(code not in {text.language for text in each.texts.all()} for each in findings)
        if missing:
            words = ngettext(
                "%(number)d finding or recommendation has no text in %(language)s and would stand in English.",
                "%(number)d findings and recommendations have no text in %(language)s and would stand in English.",
                missing,
            )
            sentences.append(words % {"number": missing, "language": _(dict(settings.LANGUAGES)[code])})
    return sentences
