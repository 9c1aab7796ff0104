"""The real plan 2021-2023 on the research calendar, held against what was issued (domain.md 4.5)."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.demand("WP-17-2")
@pytest.mark.usefixtures("programme")
def test_seven_themes_for_six_slots_and_the_plan_against_its_outcome(as_user, officer):
    desk = as_user(officer)
    page = desk.get("/admin/research/")
    text = " ".join(page.content.decode().split())
    assert "7 themes are planned for 6 slots, so some wait or share a report." in text
    assert "Reported in another slot than planned: A/HRC/50/27 (Human Rights Council 2022)." in text
    assert [len(each.reports) for each in page.context["outcomes"]] == [2, 1, 1, 1, 0, 0, 1]
