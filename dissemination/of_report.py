"""All that is done to spread one report: its strategy, engagements, press and posts (WP 2021-2023 para 19c)."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dissemination.models import Engagement, Post, PressItem
from dissemination.strategies.models import Activity, Strategy
from iesogi.deadlines.days import GENEVA, lateness, today
from reports.models import Report
from reports.pages.listings import Link, Listing


def listings(report: Report, *, user: Any) -> list[Listing]:
    """One table for each kind of row that this person may read; the number of queries does not grow with the rows."""
    tables = [(Strategy, _strategy), (Engagement, _engagements), (PressItem, _press), (Post, _posts)]
    return [build(report) for model, build in tables if user.has_perm(f"dissemination.view_{model._meta.model_name}")]


def _to(row: models.Model) -> Link:
    return Link(str(row), reverse(f"admin:dissemination_{row._meta.model_name}_change", args=[row.pk]))


def _rows(label: str, name: str, query: str) -> Link:
    return Link(label, f"{reverse(f'admin:dissemination_{name}_changelist')}?{query}")


def _add(label: str, name: str, report: Report, field: str = "report") -> Link:
    address = f"{reverse(f'admin:dissemination_{name}_add')}?{field}={report.pk}"
    return Link(label, address, needs=f"dissemination.add_{name}")


def _day(day: Any) -> str:
    return date_format(day, "j F Y") if day else "–"


def _strategy(report: Report) -> Listing:
    strategy = Strategy.objects.filter(report=report).first()
    if strategy is None:
        links = [_add(_("Write its strategy"), "strategy", report)]
        return Listing(_("Strategy"), [], [], _("There is no strategy yet. Nothing is disseminated before it."), links)
    activities = Activity.objects.filter(strategy=strategy).select_related("deadline", "owner")
    lines = [
        (_to(each), [each.get_stage_display(), _due(each), str(each.owner or "–"), each.get_state_display()])
        for each in activities.order_by("deadline__due_on", "pk")
    ]
    headings = [_("Activity"), _("Stage"), _("Due"), _("Owner"), _("State")]
    empty = _("The strategy names no activity yet.")
    return Listing(_("Strategy, stage by stage"), headings, lines, empty, [_to(strategy)])


def _due(activity: Activity) -> str:
    if activity.deadline is None:
        return "–"
    day = _day(activity.deadline.due_on)
    return f"{day} ({lateness(activity.deadline.due_on, on=today())})" if activity.deadline.is_open else day


def _engagements(report: Report) -> Listing:
    found = Engagement.objects.filter(reports=report).select_related("country")
    lines = [
        (_to(each), [each.get_kind_display(), _day(each.held_on), each.where or "–", each.attendance_in_words or "–"])
        for each in found
    ]
    headings = [_("Title"), _("Kind"), _("Held on"), _("Where"), _("Attendance")]
    links = [_add(_("Add an engagement"), "engagement", report, "reports")]
    return Listing(_("Engagements"), headings, lines, _("It was presented nowhere so far."), links)


def _press(report: Report) -> Listing:
    lines = [
        (_to(each), [each.get_kind_display(), _day(each.planned_for), each.get_state_display()])
        for each in PressItem.objects.filter(report=report)
    ]
    headings = [_("Title"), _("Kind"), _("Planned for"), _("State")]
    links = [_add(_("Add a press item"), "pressitem", report)]
    return Listing(_("Press"), headings, lines, _("No press item is about this report yet."), links)


def _posts(report: Report) -> Listing:
    lines = [
        (_to(each), [_networks(each), _planned(each), each.get_state_display()])
        for each in Post.objects.filter(report=report).prefetch_related("versions")
    ]
    headings = [_("Title"), _("Networks"), _("Planned for"), _("State")]
    links = [
        _add(_("Add a post"), "post", report),
        _rows(_("Outputs that were counted"), "output", f"report__id__exact={report.pk}"),
    ]
    return Listing(_("Posts"), headings, lines, _("No post is about this report yet."), links)


def _networks(post: Post) -> str:
    return ", ".join(version.get_network_display() for version in post.versions.all()) or "–"


def _planned(post: Post) -> str:
    return _day(localtime(post.planned_at, GENEVA)) if post.planned_at else "–"
