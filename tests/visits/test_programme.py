"""The programme of a visit: nobody at risk is named, and the public learns little and late."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from visits import brief
from visits.models import Coverage, Meeting, Recommendation, VisitDay
from visits.public import programme_of

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2021, 6, 8), "ends_on": date(2021, 6, 18)}


def meet(visit, category, **given):
    return Meeting.objects.create(visit=visit, on=date(2021, 6, 9), category=category, **given)


@pytest.mark.demand("ILGA-6")
@pytest.mark.parametrize(
    "given",
    [
        {"category": "affected", "counterpart": "CANARY"},
        {"category": "affected", "place": "CANARY"},
        {"category": "civil_society", "discreet": True, "counterpart": "CANARY"},
    ],
)
def test_meeting_at_risk_holds_no_name_and_no_place(new_visit, given):
    visit = new_visit(**DAYS)
    with pytest.raises(IntegrityError), transaction.atomic():
        meet(visit, **given)
    with pytest.raises(ValidationError, match="sealed cases only"):
        Meeting(visit=visit, on=date(2021, 6, 9), **given).full_clean()


@pytest.mark.parametrize("row", [VisitDay(place="Tunis"), Meeting(category="un")])
def test_programme_stays_within_the_days_of_the_visit(new_visit, row):
    row.visit, row.on = new_visit(**DAYS), date(2021, 6, 19)
    with pytest.raises(ValidationError, match="this day lies outside"):
        row.full_clean()


def test_public_learns_categories_after_the_visit_and_no_small_number(new_visit):
    visit = new_visit(state="done", **DAYS)
    VisitDay.objects.create(visit=visit, on=date(2021, 6, 8), place="Tunis")
    VisitDay.objects.create(visit=visit, on=date(2021, 6, 9), place="Tunis")
    meet(visit, "affected", persons=4)
    meet(visit, "executive", persons=3, counterpart="Ministry")
    meet(visit, "executive", persons=3)
    meet(visit, "nhri", state="dropped")
    programme = programme_of(visit)
    assert programme.places == ["Tunis"]
    assert [(str(met.label), met.persons) for met in programme.met] == [
        ("State: government and ministries", 6),
        ("Affected persons and communities", None),
    ]


def test_public_learns_nothing_of_the_programme_before(client, new_visit):
    visit = new_visit(state="pending", **DAYS)
    VisitDay.objects.create(visit=visit, on=date(2021, 6, 8), place="CANARY")
    assert programme_of(visit) is None
    assert "CANARY" not in client.get(visit.get_absolute_url()).content.decode()


@pytest.mark.demand("WP-21", "WP-43-2", "WP-20")
def test_public_page_tells_purpose_practice_and_media(client, new_visit):
    visit = new_visit(state="done", report_symbol="A/HRC/44/53/Add.1", **DAYS)
    visit.good_practices.create(text="A protocol for hospitals.", paragraph="61", is_public=True)
    visit.good_practices.create(text="CANARY", is_public=False)
    Coverage.objects.create(
        visit=visit, on=date(2021, 6, 18), kind="press", outlet="A daily", title="Expert ends visit"
    )
    text = client.get(visit.get_absolute_url()).content.decode()
    for words in ("good practices that others can learn from", "A protocol for hospitals.", "Expert ends visit"):
        assert words in text
    assert "CANARY" not in text


def test_public_page_leads_to_what_became_of_its_recommendations(client, new_visit):
    visit = new_visit(state="done", report_symbol="A/HRC/44/53/Add.1", **DAYS)
    given = {"source_kind": "visit_report", "source_symbol": visit.report_symbol, "text": "Amend the law."}
    given |= {"visit": visit, "country": visit.country, "source_public_on": date(2020, 4, 27)}
    for number, public in enumerate([True, True, False]):
        Recommendation.objects.create(source_paragraph=str(number), is_public=public, **given)
    text = client.get(visit.get_absolute_url()).content.decode()
    assert "makes 2 recommendations" in text
    assert f"/recommendations/states/{visit.country.iso3}/" in text


@pytest.mark.demand("WP-25-3")
def test_promotional_page_says_what_it_is_not(client, new_visit):
    visit = new_visit(kind="promotional", state="done", effects=["visibility"], **DAYS)
    text = client.get(visit.get_absolute_url()).content.decode()
    assert "make no formal findings and hold no recommendations" in text
    assert "Visibility" in text


def test_effect_that_does_not_exist_is_refused(new_visit):
    visit = new_visit(kind="promotional", effects=["fame"])
    with pytest.raises(ValidationError, match="no effects of a visit: fame"):
        visit.full_clean()


# The brief


@pytest.fixture
def planned(new_visit):
    visit = new_visit(**DAYS, host="The Government")
    VisitDay.objects.create(visit=visit, on=date(2021, 6, 9), place="Tunis")
    meet(visit, "affected", persons=12)
    meet(visit, "executive", counterpart="Ministry of Justice", place="Ministry")
    visit.team.create(role="holder", days_assigned=10, days_used=9)
    return visit


def test_brief_tells_the_programme_and_names_nobody_at_risk(planned):
    data = brief.snapshot(planned)
    day = data["days"][0]
    assert (day["heading"], day["places"]) == ("Wednesday 9 June 2021", "Tunis")
    rows = [[text for text, _kind in row] for row in day["table"]["rows"]]
    assert sorted(rows) == [
        ["open", "Affected persons and communities", "not written down", "–", ""],
        ["open", "State: government and ministries", "Ministry of Justice", "Ministry", ""],
    ]
    assert any("no risk assessment yet" in sentence for sentence in data["missing"])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_brief_is_a_tagged_pdf_in_its_language(planned, language):
    import io

    import pikepdf

    from iesogi.documents import services

    edition = brief.edition(planned, language=language)
    del edition["kind"]
    pdf = pikepdf.open(io.BytesIO(services.working_copy(**edition)))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == language
    assert 1 <= len(pdf.pages) <= 4


def test_staff_ask_for_the_brief_and_watch_it_being_made(as_user, officer, planned):
    address = f"/admin/visits/visit/{planned.pk}/brief/"
    response = as_user(officer).post(address, {"language": "en"})
    assert response.status_code == 302
    assert response.url.startswith("/admin/documents/document/")


def test_manager_reads_briefs_and_asks_for_none(as_user, manager, planned):
    assert as_user(manager).post(f"/admin/visits/visit/{planned.pk}/brief/", {"language": "en"}).status_code == 403
