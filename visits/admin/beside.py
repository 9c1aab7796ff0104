"""What other rooms hold about a visit, as links for whoever may follow them."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from iesogi.deadlines.clock import short
from iesogi.safety.models import Reprisal, RiskAssessment
from iesogi.safety.permissions import may_assess, may_follow_up
from visits.enums import VisitKind
from visits.models import Visit


class Link(NamedTuple):
    label: str
    url: str


def beside(visit: Visit, user: Any) -> list[Link]:
    """Risk, open reprisals of the State, and the dissemination strategy of a country visit (R15, R16)."""
    links = []
    if visit.risk_assessment and may_assess(user):
        links.append(_risk(visit.risk_assessment))
    if visit.country_id and may_follow_up(user):
        links.append(_reprisals(visit))
    if visit.kind == VisitKind.COUNTRY and user.has_perm("dissemination.view_strategy"):
        url = reverse("admin:dissemination_strategy_changelist")
        links.append(Link(_("Dissemination strategy, stage by stage"), f"{url}?visit__id__exact={visit.pk}"))
    return links


def _risk(assessment: RiskAssessment) -> Link:
    words = {"verdict": assessment.get_verdict_display()}
    sentence = _("Risk: %(verdict)s") % words
    if assessment.review_on:
        sentence = _("Risk: %(verdict)s, holds until %(day)s") % {**words, "day": short(assessment.review_on)}
    return Link(sentence, reverse("admin:safety_riskassessment_change", args=[assessment.pk]))


def _reprisals(visit: Visit) -> Link:
    number = Reprisal.objects.still_open().filter(country=visit.country_id).count()
    url = reverse("admin:safety_reprisal_changelist")
    return Link(
        _("Open reprisals in the State: %(number)d") % {"number": number},
        f"{url}?country__id__exact={visit.country_id}&state__exact=open",
    )
