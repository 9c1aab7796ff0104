"""When it may be spoken of: R1 and R4 for letters, R16 for reports and country visits. Each answer is a sentence."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from communications.models import Letter
from dissemination.strategies.enums import CONSENTED, Considered
from dissemination.strategies.models import Strategy
from visits.enums import VisitKind


def refuse_letter(strategy: Strategy) -> str:
    """Why the letter of this strategy may not be spoken of now; empty when it may, or when it is about something else.

    Asked again at every step, so a consent withdrawn later stops what has not left yet.
    """
    if not strategy.letter_id:
        return ""
    if not Letter.objects.published().filter(pk=strategy.letter_id).exists():
        return _("The letter is not published. Nothing is planned or sent about it before it is.")
    if strategy.press_consent not in CONSENTED:
        return _(
            "Nobody has recorded consent to press and social media for this letter, and not asked counts as no. "
            "Record the consent in its strategy first."
        )
    if strategy.considered != Considered.YES:
        return _("It was not decided to disseminate this letter. Record the decision in its strategy first.")
    return ""


def check_subject(item) -> None:
    """For a form: the words about a letter that nobody may know of must not even be stored."""
    if item.letter_id and not Letter.objects.published().filter(pk=item.letter_id).exists():
        raise ValidationError({"letter": _("Choose one of the published letters.")})


def refuse_report(report) -> str:
    """R16: the strategy comes before dissemination starts. `report` is a row or its key."""
    if Strategy.objects.complete().filter(report=report).exists():
        return ""
    return _(
        "This report has no complete strategy: objectives, activities and indicators come before dissemination "
        "starts. Write it, then go on."
    )


def refuse_outgoing(item) -> str:
    """Why this press item or post may not be approved or leave now; empty when it may."""
    if item.letter_id:
        strategy = Strategy.objects.filter(letter=item.letter_id).first()
        if strategy is None:
            return _("This letter has no strategy. Record there that it is disseminated, and the consent, first.")
        return refuse_letter(strategy)
    if item.report_id:
        return refuse_report(item.report_id)
    is_country_visit = item.visit_id and item.visit.kind == VisitKind.COUNTRY
    if is_country_visit and not Strategy.objects.complete().filter(visit=item.visit_id).exists():
        return _(
            "This country visit has no complete strategy: objectives, activities in each of its three stages, and "
            "indicators come before dissemination starts. Write it, then go on."
        )
    return ""


def warnings_for_engagement(engagement) -> list[str]:
    """R16 in the register. What was held is recorded all the same, so the gap is said and nothing is refused."""
    complete = Strategy.objects.complete()
    known = complete.filter(report__isnull=False).values("report")
    found = [str(report) for report in engagement.reports.exclude(pk__in=known)]
    visit = engagement.visit
    if visit and visit.kind == VisitKind.COUNTRY and not complete.filter(visit=visit).exists():
        found.append(str(visit))
    sentence = _(
        "“%(subject)s” has no complete strategy, though it should come before dissemination starts: objectives, "
        "activities and indicators. The engagement is recorded; write the strategy."
    )
    return [sentence % {"subject": subject} for subject in found]
