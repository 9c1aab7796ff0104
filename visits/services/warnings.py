"""What staff should know and may decide otherwise: sentences, never walls."""

from django.conf import settings
from django.utils.translation import gettext as _

from visits.balance import funding_shares
from visits.enums import TeamRole, VisitKind, VisitState
from visits.models import Candidate, Visit


def warnings_for(visit: Visit) -> list[str]:
    """About the budget and the travel that Note 2 assigns, and the funding split of promotional visits."""
    if visit.state in {VisitState.CANCELLED, VisitState.WITHDRAWN}:
        return []
    found = _country_visit(visit) if visit.kind == VisitKind.COUNTRY else [_no_share_left(visit)]
    return [sentence for sentence in found if sentence]


def _country_visit(visit: Visit) -> list[str]:
    return [_too_many_a_year(visit), _too_long(visit), *_team(visit)]


def _too_many_a_year(visit: Visit) -> str:
    """The budget caters for two country visits a year (WP 2021-2023 para 23)."""
    if visit.starts_on is None:
        return ""
    year, limit = visit.starts_on.year, settings.COUNTRY_VISITS_A_YEAR
    begun = set(Visit.objects.country_visits().begun_in(year).values_list("pk", flat=True)) | {visit.pk}
    if len(begun) <= limit:
        return ""
    return _("%(count)d country visits begin in %(year)d; the regular budget caters for %(limit)d a year.") % {
        "count": len(begun),
        "year": year,
        "limit": limit,
    }


def _too_long(visit: Visit) -> str:
    if visit.state == VisitState.DONE or (visit.days or 0) <= settings.COUNTRY_VISIT_DAYS:
        return ""
    return _("The visit lasts %(days)d days; the travel assigned is %(limit)d days a visit.") % {
        "days": visit.days,
        "limit": settings.COUNTRY_VISIT_DAYS,
    }


def _team(visit: Visit) -> list[str]:
    team, limit = list(visit.team.select_related("user")), settings.COUNTRY_VISIT_STAFF
    staff = [member for member in team if member.role == TeamRole.STAFF]
    found = []
    if len(staff) > limit:
        sentence = _(
            "%(count)d members of staff travel; Note 2 assigns travel to %(limit)d beside the mandate holder."
        )
        found.append(sentence % {"count": len(staff), "limit": limit})
    found += [
        _("%(person)s is paid from outside OHCHR; a country visit is paid from the UN regular budget only.")
        % {"person": member.user}
        for member in team
        if member.user and not member.user.is_paid_by_ohchr
    ]
    return found


def _no_share_left(visit: Visit) -> str:
    """The split of para 26 is a plan, so it only warns."""
    if visit.kind != VisitKind.PROMOTIONAL:
        return ""
    for share in funding_shares():
        if share.source == visit.funding and share.left < 0:
            return _("%(planned)d promotional visits were planned from this source: %(source)s. This is one more.") % {
                "planned": share.planned,
                "source": share.label,
            }
    return ""


def warnings_of_plan() -> list[str]:
    """Years for which more candidates are identified than the budget caters for: as printed, so it only warns."""
    limit = settings.COUNTRY_VISITS_A_YEAR
    return [
        _("%(count)d States are identified for %(year)d; the regular budget caters for %(limit)d visits a year.")
        % {"count": count, "year": year, "limit": limit}
        for year, count in Candidate.objects.identified_by_year().items()
        if count > limit
    ]
