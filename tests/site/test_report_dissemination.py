"""The dissemination page of a report: composed where both rooms are known, for whoever may read either."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dissemination.models import Engagement, Post, PressItem
from dissemination.strategies.models import Activity, Strategy
from reports.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return Report.objects.create(title="A theme", forum="HRC", year=2027, participation="Talks.")


def address(report):
    return f"/admin/research/reports/{report.pk}/dissemination/"


def spread(report, author, name):
    strategy, _made = Strategy.objects.get_or_create(report=report, considered="yes", objectives="To be read.")
    Activity.objects.create(strategy=strategy, stage="after_presentation", kind="other", title=f"Talk {name}")
    held = Engagement.objects.create(title=f"Launch {name}", kind="launch", held_on=date(2027, 6, 1), place="Geneva")
    held.reports.add(report)
    PressItem.objects.create(title=f"Release {name}", author=author, report=report)
    Post.objects.create(title=f"Post {name}", author=author, report=report).versions.create(
        network="twitter", text="-"
    )


@pytest.mark.demand("WP-19c-1")
def test_page_shows_what_spreads_this_report_and_no_other(as_user, officer, report):
    other = Report.objects.create(title="Another", forum="GA", year=2027)
    for about, name in ((report, "one"), (other, "two")):
        spread(about, officer, name)
    desk = as_user(officer)
    old = desk.get(f"/admin/reports/report/{report.pk}/page/dissemination/")
    assert (old.status_code, old.url) == (302, address(report))
    text = desk.get(address(report)).content.decode()
    for kind in ("Talk", "Launch", "Release", "Post"):
        assert (f">{kind} one</a>" in text, f"{kind} two" in text) == (True, False)
    assert 'aria-current="page">Dissemination' in text


def test_page_without_anything_says_where_to_begin(as_user, officer, report):
    text = as_user(officer).get(address(report)).content.decode()
    assert "There is no strategy yet. Nothing is disseminated before it." in text
    assert f"/admin/dissemination/strategy/add/?report={report.pk}" in text


def test_page_asks_as_often_with_three_rows_as_with_one(as_user, officer, report):
    desk, counts = as_user(officer), []
    for names in ("a", "bc"):
        for name in names:
            spread(report, officer, name)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address(report))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_reads_no_posts_finds_none(as_user, officer, report):
    spread(report, officer, "one")
    Permission.objects.get(codename="view_post").group_set.clear()
    text = as_user(officer).get(address(report)).content.decode()
    assert ("Release one" in text, "Post one" in text) == (True, False)
