"""Words of a contribution for those who draft, each with its source as a footnote would give it."""

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from reports.calls.enums import Category
from reports.contributions.enums import State
from reports.contributions.exceptions import ContributionRefused
from reports.contributions.models import Contribution, Quote


@transaction.atomic
def take(contribution: Contribution, *, text: str, used_in: str = "", by) -> Quote:
    """The words must stand in an answer as they are, spaces and line breaks aside. Confidence is kept."""
    if contribution.is_confidential:
        raise ContributionRefused(
            _("This contribution is confidential. Nothing of it is quoted; use it as background alone.")
        )
    if contribution.state in {State.NOT_RELEVANT, State.WITHDRAWN}:
        raise ContributionRefused(_("This contribution is not taken into account, so it is not quoted."))
    wanted = _flat(text)
    answer = next((each for each in contribution.answers.all() if wanted and wanted in _flat(each.text)), None)
    if answer is None:
        raise ContributionRefused(
            _("These words do not stand in any answer. Copy them as they are, without leaving out or adding.")
        )
    quote = Quote(
        contribution=contribution, question_id=answer.question_id, text=wanted, used_in=used_in.strip(), taken_by=by
    )
    quote.full_clean()
    quote.save()
    audit.record(by=by, verb="contribution.quoted", target=contribution)
    return quote


def _flat(text: str) -> str:
    return " ".join(text.split())


def source_of(quote: Quote) -> str:
    """For a footnote: who, of what kind, from where, in which call and question. A name only with leave."""
    row = quote.contribution
    who = row.name or _("name withheld")
    about = [str(Category(row.category).label), *([row.country.name] if row.country else [])]
    parts = [f"{who} ({', '.join(about)})", _("contribution to the call “%(title)s”") % {"title": row.call.title}]
    if quote.question:
        parts.append(_("question %(number)s") % {"number": quote.question.order})
    return ", ".join([*parts, row.ref])
