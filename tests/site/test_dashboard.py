"""The start page: each number is the length of the list it leads to, for everyone who sees it."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communications.cases.models import Case
from communications.models import Letter
from dissemination.models import Post
from iesogi.accounts.enums import Role
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import today
from iesogi.documents.models import Document
from iesogi.outbox.enums import State as MailState
from iesogi.outbox.models import Mail
from iesogi.programme.targets import standing
from iesogi.site.admin import NAMES
from iesogi.site.dashboard import Dashboard
from tests.conftest import member_of_staff
from tests.site.markup import page_of


def due_in(days, *, kind="task", title=None, owner=None):
    return deadlines.open_on(
        kind,
        title=title or f"Due in {days} days",
        due_on=today() + timedelta(days=days),
        explanation="Set by a test.",
        owner=owner,
    )


@pytest.fixture
def busy_desk(db):
    for days in (-40, -12, -1, 0, 1, 7, 8, 30, 31):
        due_in(days)
    deadlines.complete(due_in(3), by=None)
    for state in (MailState.FAILED, MailState.FAILED, MailState.SENT):
        Mail.objects.create(to="a@example.org", subject="s", text="t", state=state, error="x", done_at=timezone.now())


def start_page(client):
    return client.get(reverse("admin:index"))


@pytest.mark.parametrize("role", Role)
def test_every_tile_counts_the_list_it_leads_to(as_user, roles, busy_desk, role):
    client = as_user(member_of_staff(role))
    tiles = start_page(client).context["dashboard"].tiles
    for tile in tiles:
        response = client.get(tile.url)
        assert response.status_code == 200
        assert response.context["cl"].result_count == tile.count, tile.label
        assert tile.url.replace("&", "&amp;") in start_page(client).content.decode()


def test_tiles_of_the_desk(as_user, officer, busy_desk):
    tiles = {tile.label: tile.count for tile in start_page(as_user(officer)).context["dashboard"].tiles}
    assert tiles == {
        "Cases with news": 0,
        "Urgent cases": 0,
        "Cases given to nobody": 0,
        "Cases unread for too long": 0,
        "Overdue": 3,
        "Due in the next 7 days": 3,
        "Due in the next 30 days": 5,
        "Mails that failed": 2,
        "Documents that failed": 0,
    }


def test_what_waits_for_a_second_person_is_told_to_who_may_approve(as_user, officer, holder, assistant):
    for number in range(2):
        Post.objects.create(title=f"Post {number}", author=officer, state="review", submitted_at=timezone.now())
    tile = next(tile for tile in Dashboard(holder, on=today()).tiles if "Posts" in tile.label)
    assert tile.count == 2 == as_user(holder).get(tile.url).context["cl"].result_count
    assert not [tile for tile in Dashboard(assistant, on=today()).tiles if "waiting" in tile.label]


def test_mandate_holder_is_told_what_waits_for_a_decision(as_user, officer, holder):
    given = {"kind": "AL", "owner": officer}
    waiting = Letter.objects.create(**given, state="approval")
    Letter.objects.create(**given, state="draft")
    Letter.objects.create(**given, state="approval", approved_by=holder, approved_on=today())
    minimum = dict.fromkeys(["meets_c1", "meets_c2", "meets_c3", "meets_c4"], True)
    Case.objects.create(ref="A-1", week=date(2021, 3, 1), matter="individual", state="proposed", **minimum)
    Case.objects.create(ref="A-2", week=date(2021, 3, 1), matter="individual")
    tiles = {tile.label: tile for tile in Dashboard(holder, on=today()).tiles}
    for label in ("Cases that wait for your decision", "Letters that wait for your approval"):
        assert tiles[label].count == 1 == as_user(holder).get(tiles[label].url).context["cl"].result_count
    assert list(as_user(holder).get(tiles[label].url).context["cl"].queryset) == [waiting]
    assert not [tile for tile in Dashboard(officer, on=today()).tiles if "wait for your" in tile.label]


def test_overdue_comes_first_and_says_how_late(as_user, officer, busy_desk):
    due = start_page(as_user(officer)).context["dashboard"].due
    assert [each.lateness for each in due][:4] == ["40 days late", "12 days late", "1 day late", "today"]
    assert [each.is_late for each in due] == [True] * 3 + [False] * (len(due) - 3)


def test_kind_that_is_the_title_as_well_stands_there_once(as_user, officer):
    kind = due_in(3, kind="letter-reply", title="A reply is due", owner=officer).kind
    assert str(kind) == "A reply is due"
    page = start_page(as_user(officer)).content.decode()
    assert page.count("A reply is due") == 1


def test_managers_see_figures_and_no_desk(as_user, manager, busy_desk, programme):
    response = start_page(as_user(manager))
    dashboard = response.context["dashboard"]
    assert dashboard.due is None
    assert not [tile for tile in dashboard.tiles if "Due" in tile.label or "Overdue" in tile.label]
    assert dashboard.targets
    assert dashboard.research
    assert not [link for link in page_of(response).links if "/deadlines/deadline/" in link or link.endswith("/add/")]


def test_dates_of_letters_are_seen_by_those_paid_by_ohchr_only(as_user, officer, assistant):
    confidential = due_in(-3, kind="letter-reply")
    assert [each.deadline for each in Dashboard(officer, on=today()).due] == [confidential]
    assert Dashboard(assistant, on=today()).due == []
    assert Dashboard(assistant, on=today()).tiles[0].count == 0
    assert str(confidential.title) not in start_page(as_user(assistant)).content.decode()


def test_targets_are_those_of_the_programme(as_user, officer, programme):
    shown = start_page(as_user(officer)).context["dashboard"].targets
    assert [each.standing for each in shown] == standing(programme, on=today())
    assert len(shown) == programme.targets.count() > 0


def test_a_figure_on_letters_is_no_link_for_people_paid_from_outside(as_user, officer, assistant, programme):
    def link(user):
        targets = {each.standing.target.code: each.url for each in Dashboard(user, on=today()).targets}
        return targets["communication_output"]

    assert link(officer)
    assert not link(assistant)


def test_research_calendar_leads_to_lists(as_user, officer, programme):
    client = as_user(officer)
    response = start_page(client)
    years = response.context["dashboard"].research
    assert {2021, 2022, 2023, today().year, today().year + 1} == {year.year for year in years}
    for link in page_of(response).links:
        if "reports/report/?" in link:
            assert client.get(link).status_code == 200


def test_recent_documents_are_the_newest_five(as_user, officer, db):
    for number in range(7):
        Document.objects.create(
            kind="work-programme",
            title=f"Edition {number}",
            template="pdf/base.html",
            snapshot={},
            snapshot_sha256=f"{number:064}",
            language="en",
            as_of=today(),
            version=number + 1,
            due_at=timezone.now(),
        )
    shown = start_page(as_user(officer)).context["dashboard"].documents
    assert [document.title for document in shown] == [f"Edition {number}" for number in (6, 5, 4, 3, 2)]


def test_number_of_queries_does_not_grow_with_the_rows(as_user, officer, programme):
    client = as_user(officer)
    start_page(client)
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            due_in(number - 1, owner=officer)
            Mail.objects.create(
                to="a@example.org", subject="s", text="t", state=MailState.FAILED, error="x", done_at=timezone.now()
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            start_page(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 45


def test_apps_stand_in_the_order_of_the_mandate(as_user, administrator):
    names = [app["name"] for app in start_page(as_user(administrator)).context["app_list"]]
    wanted = [str(name) for name in dict.fromkeys(NAMES.values())]
    assert names == [name for name in wanted if name in names]
    assert names.count("People") == 1


def test_every_list_keeps_a_trail(db):
    """Who registers a table without the audited base would find that it is not there."""
    from iesogi.audit.admin import AuditedAdmin, ReadOnlyAdmin

    assert all(isinstance(each, AuditedAdmin | ReadOnlyAdmin) for each in admin.site._registry.values())
    assert len(admin.site._registry) > 25


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("paid_by", ["ohchr", "outside"])
def test_every_list_answers_each_role_as_the_table_says(as_user, roles, role, paid_by):
    user = member_of_staff(role, paid_by=paid_by)
    client = as_user(user)
    for model in admin.site._registry:
        app, name = model._meta.app_label, model._meta.model_name
        may = user.has_perm(f"{app}.view_{name}")
        if app in {"communications", "safety"}:
            may = may and bool(may_work_on_communications(user))
        response = client.get(reverse(f"admin:{app}_{name}_changelist"))
        assert response.status_code == (200 if may else 403), f"{app}.{name}"


def test_strangers_are_led_to_the_login(client, db):
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"] == f"{reverse('account_login')}?next={url}"


def test_someone_who_is_not_staff_is_told_so(client, officer, settings):
    settings.DEMO = True
    officer.is_staff = False
    officer.save(update_fields=["is_staff"])
    client.force_login(officer)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "not one of staff" in response.content.decode()
