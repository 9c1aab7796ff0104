"""Staff pages of visits: rules that explain themselves, and warnings that do not block."""

from datetime import date

import pytest
import time_machine

from iesogi.audit.models import Entry
from tests.pages import notices, queries_once_warm, said
from visits.models import Candidate, Recommendation, StandingInvitation, Visit, VisitFigure, VisitPlan
from visits.recommendations.services import assess

pytestmark = pytest.mark.django_db
LISTS = ["visit", "candidate", "visitfigure", "checklistitem", "checkliststep", "standinginvitation"]


@pytest.fixture(autouse=True)
def summer():
    with time_machine.travel("2021-07-01T10:00:00Z", tick=False):
        yield


def fields(country, **given):
    parts = ["plans", "programme_days", "meetings", "team", "coverage", "good_practices"]
    inline = {f"{part}-{form}_FORMS": 0 for part in parts for form in ("TOTAL", "INITIAL")}
    return {"kind": "country", "country": country.pk, "state": "requested", **inline, **given}


def act(visit, name):
    return f"/admin/visits/visit/{visit.pk}/{name}/"


@pytest.mark.parametrize(
    ("who", "sees", "may_act"),
    [
        ("officer", 200, 200),
        ("holder", 200, 200),
        ("administrator", 200, 200),
        ("manager", 200, 403),
        ("assistant", 403, 404),
    ],
)
def test_roles_meet_lists_and_acts(request, as_user, new_visit, new_candidate, who, sees, may_act):
    client = as_user(request.getfixturevalue(who))
    visit, candidate = new_visit(state="pending"), new_candidate()
    assert [client.get(f"/admin/visits/{name}/").status_code for name in LISTS] == [sees] * len(LISTS)
    for address in (
        act(visit, "replan"),
        act(visit, "to-postponed"),
        f"/admin/visits/candidate/{candidate.pk}/make-visit/",
    ):
        assert client.get(address).status_code in {may_act, 403}
        assert client.post(address, {"reason": "R", "planned_for": "P"}).status_code == (
            302 if may_act == 200 else 403
        )
    assert bool(VisitPlan.objects.count()) == (may_act == 200)


def test_passer_by_is_led_to_the_login(client, new_visit):
    visit = new_visit(state="pending")
    assert client.post(act(visit, "to-cancelled"), {"reason": "R"}).status_code == 302
    assert Visit.objects.get().state == "pending"


@pytest.mark.parametrize(("name", "queries"), [("visit", 10), ("candidate", 20), ("visitfigure", 8)])
def test_list_asks_as_often_with_three_rows_as_with_one(desk, new_visit, new_candidate, name, queries):
    def add(iso3, year):
        new_candidate(iso3, visit=new_visit(iso3, state="done", starts_on=date(year, 6, 8)), identified_for=2021)
        VisitFigure.objects.create(code=iso3, label="A number", quantity=1)

    add("ARM", 2021)
    one = queries_once_warm(desk, f"/admin/visits/{name}/")
    add("GHA", 2022)
    add("IND", 2023)
    assert (one, queries_once_warm(desk, f"/admin/visits/{name}/")) == (queries, queries)


@pytest.mark.parametrize(
    "query", ["?kind__exact=country", "?kind__in=promotional,advisory", "?q=arménie", "?state__exact=done"]
)
def test_visit_list_filters_and_searches(desk, new_visit, query):
    new_visit()
    assert desk.get(f"/admin/visits/visit/{query}").status_code == 200


def test_search_knows_states_in_six_languages(desk, new_visit):
    new_visit("ARM")
    new_visit("GHA")
    response = desk.get("/admin/visits/visit/?q=arménie")
    assert [visit.country.iso3 for visit in response.context["cl"].result_list] == ["ARM"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["?page=x", "?p=99", "?q=%25%5F", "?nonsense=1", "?identified_for=x"])
def test_nonsense_in_a_list_address_is_survived(desk, name, query):
    assert desk.get(f"/admin/visits/{name}/{query}").status_code in {200, 302}


# Rules that explain themselves


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"funding": "rpp_21_23"}, "A country visit is paid from the UN regular budget only"),
        (
            {"kind": "promotional", "report_symbol": "A/HRC/44/53/Add.1"},
            "makes no formal findings, so it has no report",
        ),
        ({"kind": "promotional", "funding": "institutional"}, "Institutional funding pays for public consultations"),
        ({"state": "done"}, "A visit that was carried out says when"),
        ({"starts_on": "2021-06-18", "ends_on": "2021-06-08"}, "The visit ends before it starts"),
        ({"report_symbol": "47/27"}, "This is not a UN document symbol"),
    ],
)
def test_form_says_which_rule_stands_in_the_way_and_keeps_what_was_typed(desk, country, given, says):
    response = desk.post("/admin/visits/visit/add/", fields(country("ARM"), place="Typed long", **given))
    assert says in said(response)
    assert 'value="Typed long"' in response.content.decode()
    assert not Visit.objects.exists()


def test_kind_of_a_visit_is_not_typed_over(desk, new_visit):
    visit = new_visit(report_symbol="A/HRC/44/53/Add.1")
    desk.post(f"/admin/visits/visit/{visit.pk}/change/", fields(visit.country, kind="promotional"))
    assert Visit.objects.get().kind == "country"


def test_visit_is_entered_with_its_first_plan(desk, officer, country):
    plan = {"plans-TOTAL_FORMS": 1, "plans-0-planned_for": "spring 2022", "plans-0-reason": "First thoughts."}
    assert desk.post("/admin/visits/visit/add/", fields(country("ARM"), **plan)).status_code == 302
    assert VisitPlan.objects.get().by == officer
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"visit.added", "visit.begun", "deadline.opened"}


def test_plans_are_not_typed_over(desk, new_visit):
    visit = new_visit()
    plan = VisitPlan.objects.create(visit=visit, planned_for="late November 2020")
    inline = {
        "plans-TOTAL_FORMS": 1, "plans-INITIAL_FORMS": 1,
        "plans-0-id": plan.pk, "plans-0-visit": visit.pk, "plans-0-planned_for": "never",
    }  # fmt: skip
    desk.post(f"/admin/visits/visit/{visit.pk}/change/", fields(visit.country, **inline))
    plan.refresh_from_db()
    assert plan.planned_for == "late November 2020"


def test_state_is_not_typed_over(desk, new_visit):
    visit = new_visit()
    desk.post(f"/admin/visits/visit/{visit.pk}/change/", fields(visit.country, state="cancelled", reason="Typed."))
    visit.refresh_from_db()
    assert (visit.state, visit.reason) == ("requested", "")


# Acts and warnings


def test_step_asks_first_and_is_taken_by_post(desk, new_visit, officer):
    visit = new_visit(state="pending")
    assert desk.get(act(visit, "to-postponed")).status_code == 200
    assert Visit.objects.get().state == "pending"
    assert "Say why the visit is postponed" in said(desk.post(act(visit, "to-postponed"), {"reason": ""}))
    response = desk.post(act(visit, "to-postponed"), {"reason": "Force majeure."})
    assert notices(response) == ["The visit is now “Postponed”."]
    assert (Visit.objects.get().reason, Entry.objects.get(verb="visit.stepped").by) == ("Force majeure.", officer)


def test_replanning_keeps_the_plans_before(desk, new_visit):
    visit = new_visit(state="pending")
    given = {"planned_for": "May 2022", "starts_on": "2022-05-02", "ends_on": "2022-05-12", "reason": "Agreed."}
    desk.post(act(visit, "replan"), given)
    assert "May 2022" in said(desk.get(f"/admin/visits/visit/{visit.pk}/change/"))
    assert Visit.objects.get().starts_on == date(2022, 5, 2)


@pytest.mark.demand("WP-23-2")
def test_third_visit_of_a_year_is_saved_with_a_warning(desk, new_visit, country):
    for iso3 in ("ARM", "GHA"):
        new_visit(iso3, state="done", starts_on=date(2021, 3, 1))
    given = fields(country("IND"), state="done", starts_on="2021-05-01")
    response = desk.post("/admin/visits/visit/add/", given)
    assert "3 country visits begin in 2021; the regular budget caters for 2 a year." in notices(response)
    assert Visit.objects.count() == 3


def test_candidate_becomes_a_visit_by_post_once(desk, new_candidate):
    candidate = new_candidate(identified_for=2021)
    address = f"/admin/visits/candidate/{candidate.pk}/make-visit/"
    desk.get(address)
    assert not Visit.objects.exists()
    assert desk.post(address).status_code == 302
    assert "has a visit already" in said(desk.post(address))
    assert Candidate.objects.get().visit == Visit.objects.get()


def test_visit_that_was_carried_out_is_not_deleted(as_user, administrator, new_visit):
    visit = new_visit(state="done", starts_on=date(2021, 6, 8))
    response = as_user(administrator).post(f"/admin/visits/visit/{visit.pk}/delete/", {"post": "yes"})
    assert response.status_code == 403


def test_list_says_group_invitation_money_and_what_became_of_recommendations(desk, officer, new_visit):
    visit = new_visit(state="done", starts_on=date(2020, 6, 8), funding="un_regular_budget")
    StandingInvitation.objects.create(country=visit.country)
    given = {"source_kind": "visit_report", "source_symbol": "A/HRC/47/27/Add.1", "text": "Amend the law."}
    given |= {"visit": visit, "country": visit.country}
    made = [Recommendation.objects.create(source_paragraph=str(number), **given) for number in (1, 2, 3)]
    assess(made[0], status="implemented", on=date(2021, 6, 1), assessor="un", evidence="A law.", by=officer)
    page = desk.get("/admin/visits/visit/").content.decode()
    for words in ("Eastern European States", "UN regular budget", "1 of 1 assessed, 3 in all", ">yes<"):
        assert words in page


def test_page_leads_those_who_may_to_risk_reprisals_and_strategy(as_user, officer, assistant, new_visit, decided):
    visit = new_visit(risk_assessment=decided)
    address = f"/admin/visits/visit/{visit.pk}/change/"
    links = [
        f"/admin/safety/riskassessment/{decided.pk}/change/",
        f"/admin/safety/reprisal/?country__id__exact={visit.country_id}&amp;state__exact=open",
        f"/admin/dissemination/strategy/?visit__id__exact={visit.pk}",
    ]
    desk = as_user(officer)
    page = desk.get(address).content.decode()
    assert [link in page for link in links] == [True, True, True]
    assert [desk.get(link.replace("&amp;", "&")).status_code for link in links] == [200, 200, 200]
    page = as_user(assistant).get(address).content.decode()
    assert [link in page for link in links[:2]] == [False, False]


def test_request_has_no_way_to_a_public_page(desk, new_visit):
    way = "/r/"
    assert way not in desk.get(f"/admin/visits/visit/{new_visit().pk}/change/").content.decode()
    assert way in desk.get(f"/admin/visits/visit/{new_visit('GHA', state='pending').pk}/change/").content.decode()
