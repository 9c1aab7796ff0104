from datetime import date

import pytest

from reports.models import Report, Theme

pytestmark = pytest.mark.django_db


@pytest.mark.demand("WP-19b-3")
def test_timeliness_counts_only_what_can_be_judged(new_report):
    slot = date(2025, 3, 31)
    new_report(year=2025, slot_date=slot, submitted_on=slot)
    new_report(forum="GA", year=2025, slot_date=slot, submitted_on=date(2025, 4, 1))
    new_report(year=2026, slot_date=slot)
    assert (Report.objects.with_timeliness().count(), Report.objects.on_time().count()) == (2, 1)


def test_words_are_looked_for_in_symbol_title_and_theme(new_report, new_theme):
    report = new_report(title="Gathering data", state="issued", symbol="A/HRC/65/1")
    report.themes.add(new_theme(label="Numbers"), new_theme("other", label="Numbers and names"))
    found = [Report.objects.matching(words).count() for words in ("data", "hrc/65", "numbers GATHERING", "none", "")]
    assert found == [1, 1, 1, 0, 1]


def test_issued_by_a_day(new_report):
    new_report(state="planned")
    new_report(forum="GA", state="drafting")
    new_report(year=2026, state="issued", symbol="A/HRC/62/1")
    assert Report.objects.issued().count() == 1
    assert Report.objects.issued(on=date(2025, 1, 1)).count() == 0


def test_reported_themes_count_once(new_report, new_theme):
    theme = new_theme()
    for forum, symbol in (("HRC", "A/HRC/65/1"), ("GA", "A/82/1")):
        new_report(forum=forum, state="issued", symbol=symbol).themes.add(theme)
    assert Theme.objects.reported().count() == 1
