"""Figures of the intake, whole for the desk and with small cells left out for others."""

import pytest

from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.desk import figures
from tests.communications.desk.conftest import url

pytestmark = pytest.mark.django_db


def test_figures_are_whole_for_the_desk_and_suppressed_for_a_manager(
    enter, as_user, desk, manager, new_case, settings
):
    settings.SMALL_CELL = 3
    for _number in range(4):
        new_case()
    new_case(sender="")
    whole = enter(desk).get(url("figures")).context["tables"][0]
    assert whole.rows[0].counts[:4] == [5, 5, 5, 4]
    client = as_user(manager)
    Case.objects.filter(meets_c3=True).first().delete()
    Case.objects.filter(meets_c3=True).update(urgent=True)
    Case.objects.filter(meets_c3=False).update(meets_c1=False, meets_c2=False)
    told = client.get(url("figures")).context["tables"][0].rows[0].counts
    assert told[:4] == [4, 3, 3, 3]
    Case.objects.filter(meets_c3=True).first().delete()
    assert client.get(url("figures")).context["tables"][0].rows[0].counts[1] == "fewer than 3"
    assert "fewer than 3" in client.get(url("figures_csv")).content.decode()


def test_figures_follow_the_funnel(desk, case):
    row = dict(zip(figures.STAGES, figures.total().rows[0].counts, strict=True))
    assert (row["received"], row["complete"], row["agreed"], row["reviewed"]) == (1, 1, 1, 0)
    Case.objects.update(state=CaseState.DECLINED, outcome="no_consent")
    assert [(each.label, each.counts) for each in figures.declined().rows] == [
        ("No consent of the alleged victim", [1])
    ]
    assert figures.by_quarter().rows[0].label == "2021 Q2"
