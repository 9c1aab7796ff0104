"""Staff pages of the research agenda: lists, forms that explain, and acts that ask first."""

import re
from datetime import date

import pytest
import time_machine

from iesogi.audit.models import Entry
from iesogi.deadlines.models import Deadline
from reports.enums import Stage
from reports.models import Finding, MethodStep, Milestone, Report
from reports.services import move_theme, plan_milestones
from tests.pages import notices, queries_once_warm, said

pytestmark = pytest.mark.django_db
LISTS = ["report", "theme", "methodstep", "milestone"]


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel("2026-09-01T10:00:00Z", tick=False):
        yield


def fields(**given):
    form = {"title": "A theme", "forum": "HRC", "year": "2027", "themes": [], "participation": "Talks."}
    inline = {"milestones-TOTAL_FORMS": 0, "milestones-INITIAL_FORMS": 0}
    return form | inline | given


def act(report, name):
    return f"/admin/reports/report/{report.pk}/{name}/"


# Who may


@pytest.mark.parametrize(
    ("who", "sees", "may_act"),
    [
        ("officer", 200, 200),
        ("holder", 200, 200),
        ("administrator", 200, 200),
        ("manager", 200, 403),
        ("assistant", 200, 403),
    ],
)
@pytest.mark.usefixtures("method")
def test_roles_meet_lists_and_acts(request, as_user, report, who, sees, may_act):
    client = as_user(request.getfixturevalue(who))
    assert [client.get(f"/admin/reports/{name}/").status_code for name in LISTS] == [sees] * 4
    assert [client.get(act(report, name)).status_code for name in ("plan", "slot-date", "to-research")] == [
        may_act
    ] * 3
    assert client.post(act(report, "plan")).status_code == (302 if may_act == 200 else 403)
    assert bool(Deadline.objects.count()) == (may_act == 200)


def test_passer_by_is_led_to_the_login(client, report):
    for address in ("/admin/reports/report/", act(report, "plan")):
        assert client.get(address).status_code == 302
    assert client.post(act(report, "plan")).status_code == 302
    assert not Milestone.objects.exists()


def test_act_on_nothing_is_not_found(desk):
    assert desk.get("/admin/reports/report/999/plan/").status_code == 404


# Lists


def add_rows(new_report, new_theme, years):
    """A report that is out, a planned one with its milestones, a theme reported and one moved, for each year."""
    for year in years:
        new_report(year=year, state="issued", symbol=f"A/HRC/{year}/1").themes.add(new_theme(f"t-{year}", year=year))
        move_theme(new_theme(f"moved-{year}"), forum="GA", year=2090, reason="Later.", by=None)
        plan_milestones(new_report(forum="GA", year=year, slot_date=date(year, 6, 1)), by=None)


@pytest.mark.usefixtures("method")
@pytest.mark.parametrize(("name", "queries"), [("report", 10), ("theme", 8), ("methodstep", 8), ("milestone", 9)])
def test_list_asks_as_often_with_three_rows_as_with_one(desk, new_report, new_theme, name, queries):
    add_rows(new_report, new_theme, [2027])
    one = queries_once_warm(desk, f"/admin/reports/{name}/")
    add_rows(new_report, new_theme, [2028, 2029])
    assert (one, queries_once_warm(desk, f"/admin/reports/{name}/")) == (queries, queries)


@pytest.mark.usefixtures("method")
def test_page_of_a_report_asks_as_often_with_more_milestones(desk, new_report, new_theme):
    add_rows(new_report, new_theme, [2027])
    planned = Report.objects.get(forum="GA")
    address = f"/admin/reports/report/{planned.pk}/change/"
    before = queries_once_warm(desk, address)
    plan_milestones(planned, by=None, optional=[Stage.AD_HOC])
    assert queries_once_warm(desk, address) == before


def test_report_list_says_count_state_and_lateness(desk, new_report, new_theme):
    new_report(slot_date=date(2026, 9, 6), year=2026).themes.add(new_theme(), new_theme("two", label="Two"))
    new_report(year=2025, slot_date=date(2025, 3, 31), submitted_on=date(2025, 4, 12))
    new_report(year=2024, slot_date=date(2024, 3, 31), submitted_on=date(2024, 3, 31))
    text = said(desk.get("/admin/reports/report/"))
    for words in ("in 5 days", "submitted 12 days late", "submitted on time", "○ Planned"):
        assert words in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?forum__exact=HRC", 2),
        ("?state__exact=issued", 1),
        ("?year=2027", 1),
        ("?year=9999", 3),
        ("?theme=a-theme", 1),
        ("?q=numbers", 1),
        ("?q=A/HRC/62", 1),
    ],
)
def test_report_list_filters_and_searches(desk, new_report, new_theme, query, found):
    new_report(year=2026, state="issued", symbol="A/HRC/62/1")
    new_report(forum="GA", year=2026)
    new_report().themes.add(new_theme(label="Numbers"))
    assert desk.get(f"/admin/reports/report/{query}").context["cl"].result_count == found


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["?page=x", "?p=99", "?q=%25%5F", "?o=x.y", "?year=abc", "?nonsense=1"])
def test_nonsense_in_a_list_address_is_survived(desk, name, query):
    assert desk.get(f"/admin/reports/{name}/{query}").status_code in {200, 302}


# Forms


def test_report_is_entered_and_audited(desk, officer):
    assert desk.post("/admin/reports/report/add/", fields(slot_date="2027-03-31")).status_code == 302
    report = Report.objects.get()
    assert (report.slot_date, report.state) == (date(2027, 3, 31), "planned")
    assert (Entry.objects.get().verb, Entry.objects.get().by) == ("report.added", officer)


@pytest.mark.demand("WP-17-2")
def test_second_report_for_a_slot_is_refused_in_a_sentence_and_what_was_typed_stays(desk, report):
    response = desk.post("/admin/reports/report/add/", fields(title="Another one", participation="Words typed long."))
    text = response.content.decode()
    assert "This slot is taken: the mandate presents one report a year to each forum." in text
    assert 'value="Another one"' in text
    assert "Words typed long." in text
    assert Report.objects.count() == 1


def test_symbol_of_the_other_forum_is_refused(desk, report):
    response = desk.post(f"/admin/reports/report/{report.pk}/change/", fields(symbol="A/82/100"))
    assert "The symbol belongs to the other forum" in said(response)


def test_symbol_of_an_issued_report_cannot_be_taken_away(desk, new_report):
    report = new_report(state="issued", symbol="A/HRC/65/1")
    response = desk.post(f"/admin/reports/report/{report.pk}/change/", fields(symbol=""))
    assert "An issued report carries a symbol" in said(response)
    assert Report.objects.get().symbol == "A/HRC/65/1"


def test_malformed_symbol_names_an_example(desk, report):
    response = desk.post(f"/admin/reports/report/{report.pk}/change/", fields(symbol="HRC 47"))
    assert "for example A/HRC/47/27" in said(response)


def test_words_over_the_limit_warn_and_do_not_block(desk, report):
    response = desk.post(f"/admin/reports/report/{report.pk}/change/", fields(word_count="10712"))
    assert Report.objects.get().word_count == 10712
    assert "The report is saved. It is 12 words over the limit of document services: 10,700." in notices(response)


def test_state_and_slot_date_are_not_typed_over(desk, report):
    desk.post(f"/admin/reports/report/{report.pk}/change/", fields(state="presented", slot_date="2027-01-01"))
    report.refresh_from_db()
    assert (report.state, report.slot_date) == ("planned", date(2027, 3, 31))


def test_issued_report_is_not_deleted(desk, as_user, administrator, new_report):
    client = as_user(administrator)
    report = new_report(state="issued", symbol="A/HRC/65/1")
    assert client.post(f"/admin/reports/report/{report.pk}/delete/", {"post": "yes"}).status_code == 403


# Acts


@pytest.mark.usefixtures("method")
def test_planning_shows_first_and_writes_after(desk, report):
    page = said(desk.get(act(report, "plan")))
    assert "12 weeks before the slot date of 31 March 2027 is Wednesday 6 January 2027." in page
    assert "(only if chosen)" in page
    assert not Milestone.objects.exists()
    assert desk.post(act(report, "plan"), {"optional": [Stage.AD_HOC]}).status_code == 302
    assert report.milestones.count() == 6
    text = said(desk.get(f"/admin/reports/report/{report.pk}/change/"))
    assert "Why this date?" in text
    assert "Wednesday 6 January 2027 (in 127 days)" in text


@pytest.mark.usefixtures("method")
def test_planning_says_which_days_have_gone_by(desk, new_report):
    report = new_report(slot_date=date(2026, 12, 31))
    assert re.search(r"is opened, \d+ days late", said(desk.get(act(report, "plan"))))


@pytest.mark.usefixtures("method")
def test_planning_without_a_slot_date_says_what_to_do(desk, new_report):
    report = new_report()
    assert "Set the day on which document services expect it" in said(desk.get(act(report, "plan")))
    assert "Set the day on which document services expect it" in said(desk.post(act(report, "plan")))
    assert not Milestone.objects.exists()


@pytest.mark.usefixtures("method")
def test_new_slot_date_is_looked_at_before_it_is_set(desk, report):
    plan_milestones(report, by=None)
    looked = desk.post(act(report, "slot-date"), {"slot_date": "2027-04-07", "preview": "1"})
    assert "moves from 6 January 2027" in said(looked)
    assert 'value="2027-04-07"' in looked.content.decode()
    assert Report.objects.get().slot_date == date(2027, 3, 31)
    assert desk.post(act(report, "slot-date"), {"slot_date": "2027-04-07"}).status_code == 302
    assert Report.objects.get().slot_date == date(2027, 4, 7)
    assert report.milestones.get(stage=Stage.SUBMISSION).deadline.due_on == date(2027, 4, 7)


def test_first_slot_date_is_asked_for_and_not_complained_about(desk, new_report):
    page = desk.get(act(new_report(), "slot-date"))
    assert 'role="alert"' not in page.content.decode()
    assert page.content.decode().count('aria-label="Breadcrumbs"') == 1


@pytest.mark.usefixtures("method")
def test_preview_from_the_first_day_of_the_calendar_is_refused_in_a_sentence(desk, new_report):
    floating = new_report(forum="", year=None)
    for address in (act(floating, "slot-date"), act(new_report(), "slot-date")):
        response = desk.post(address, {"slot_date": "0001-01-01", "preview": "1"})
        assert "outside of the calendar" in said(response)


def test_slot_date_far_away_is_refused(desk, report):
    response = desk.post(act(report, "slot-date"), {"slot_date": "2072-04-07"})
    assert "The slot date lies in the year of the slot or the year before." in said(response)


def test_step_asks_first_and_is_taken_by_post(desk, report, officer):
    assert "Mark as “In research”" in said(desk.get(f"/admin/reports/report/{report.pk}/change/"))
    assert desk.get(act(report, "to-research")).status_code == 200
    assert Report.objects.get().state == "planned"
    response = desk.post(act(report, "to-research"))
    assert notices(response) == ["The report is now “In research”."]
    assert (Report.objects.get().state, Entry.objects.get(verb="report.moved").by) == ("research", officer)


def test_illegal_step_is_refused_in_a_sentence(desk, report):
    text = said(desk.post(act(report, "to-issued")))
    assert "A report that is “Planned” cannot become “Issued”." in text
    assert "Mark as “Issued”" not in said(desk.get(f"/admin/reports/report/{report.pk}/change/"))


@pytest.mark.demand("WP-19b-1")
def test_advisor_from_outside_may_plan_but_not_draft(as_user, roles, new_report):
    from iesogi.accounts.enums import PaidBy, Role
    from tests.conftest import member_of_staff

    client = as_user(member_of_staff(Role.SENIOR_ADVISOR, paid_by=PaidBy.OUTSIDE))
    report = new_report(state="research", slot_date=date(2027, 3, 31))
    assert client.get(act(report, "plan")).status_code == 200
    refused = client.post(act(report, "to-drafting"))
    assert (refused.status_code, "OHCHR core team" in said(refused)) == (403, True)


@pytest.mark.usefixtures("method")
def test_milestone_is_completed_with_its_evidence(desk, report):
    plan_milestones(report, by=None)
    milestone = report.milestones.get(stage=Stage.LITERATURE_REVIEW)
    address = f"/admin/reports/milestone/{milestone.pk}/"
    assert "Done" in said(desk.get(f"{address}change/"))
    response = desk.post(f"{address}complete/", {"on": "2026-08-30", "evidence": "Background document."})
    assert response.status_code == 302
    milestone.refresh_from_db()
    assert (milestone.evidence, milestone.deadline.done_on) == ("Background document.", date(2026, 8, 30))


def test_theme_moves_with_its_reason_and_shows_its_history(desk, theme):
    address = f"/admin/reports/theme/{theme.pk}/"
    assert "Say why" not in said(desk.get(f"{address}move/"))
    assert (
        desk.post(f"{address}move/", {"forum": "GA", "year": "2028", "reason": "The slot is taken."}).status_code
        == 302
    )
    text = said(desk.get(f"{address}change/"))
    assert "Human Rights Council 2027" in text
    assert "The slot is taken." in text


@pytest.mark.parametrize(
    "given",
    [
        {"forum": "GA", "year": "2028"},
        {"forum": "GA", "reason": "No year."},
        {"forum": "XX", "year": "1", "reason": "?"},
    ],
)
def test_half_a_move_is_refused_and_kept_on_the_page(desk, theme, given):
    response = desk.post(f"/admin/reports/theme/{theme.pk}/move/", given)
    assert response.status_code == 200
    assert given.get("reason", "") in response.content.decode()
    assert not theme.moves.exists()


def test_slot_of_a_theme_is_not_typed_over(desk, theme):
    inline = {"moves-TOTAL_FORMS": 0, "moves-INITIAL_FORMS": 0}
    desk.post(
        f"/admin/reports/theme/{theme.pk}/change/",
        {"label": "New", "status": "planned", "year": "2030", **inline},
    )
    theme.refresh_from_db()
    assert (theme.label, theme.year) == ("New", 2027)


def test_goals_are_typed_with_commas_and_feedback_one_a_line(desk, theme):
    inline = {"moves-TOTAL_FORMS": 0, "moves-INITIAL_FORMS": 0}
    address = f"/admin/reports/theme/{theme.pk}/change/"
    typed = {"label": "New", "status": "planned", "sdgs": "16, 3", "sources": "Member States\n\n civil society "}
    desk.post(address, typed | inline)
    theme.refresh_from_db()
    assert (theme.sdgs, theme.sources) == ([3, 16], ["Member States", "civil society"])
    assert "Member States\ncivil society</textarea>" in desk.get(address).content.decode()
    refused = desk.post(address, typed | inline | {"sdgs": "3, 18"})
    assert "“18” is no Sustainable Development Goal." in said(refused)
    assert 'value="3, 18"' in refused.content.decode()


def test_next_finding_of_a_report_gets_the_next_place(desk, report):
    Finding.objects.create(report=report, kind="recommendation", order=4)
    for kind, order in [("finding", 1), ("recommendation", 5)]:
        page = desk.get("/admin/reports/finding/add/", {"report": report.pk, "kind": kind})
        assert page.context["adminform"].form.initial["order"] == order


@pytest.mark.parametrize("asked", ["x", "0", "-1", "9" * 30, "1,2"])
def test_row_that_cannot_be_chosen_leaves_the_field_empty(desk, asked):
    page = desk.get("/admin/reports/finding/add/", {"report": asked, "kind": "finding"})
    assert page.context["adminform"].form.initial == {"kind": "finding"}


@pytest.mark.usefixtures("method")
def test_changed_offset_says_that_plans_stay(desk):
    step = MethodStep.objects.get(stage=Stage.DRAFTING)
    response = desk.post(
        f"/admin/reports/methodstep/{step.pk}/change/",
        {
            "stage": step.stage,
            "order": 4,
            "phase": "drafting",
            "days_before_slot": 42,
            "duration_days": 28,
            "evidence": "unconfirmed",
        },
    )
    assert "until their milestones are planned again" in notices(response)[0]
