"""Windows of the reports of all mandates to the Council, with every day at which one ends (domain.md R10)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from communications.publication.windows import last_closed, reply_cutoff, report_session, report_window, window_of


@pytest.mark.parametrize(
    ("sent_on", "session", "year", "month", "cut_off"),
    [
        (date(2018, 6, 1), 40, 2019, 3, date(2019, 1, 31)),
        (date(2018, 11, 30), 40, 2019, 3, date(2019, 1, 31)),
        (date(2018, 12, 1), 41, 2019, 6, date(2019, 4, 30)),
        (date(2018, 12, 31), 41, 2019, 6, date(2019, 4, 30)),
        (date(2019, 1, 1), 41, 2019, 6, date(2019, 4, 30)),
        (date(2019, 2, 28), 41, 2019, 6, date(2019, 4, 30)),
        (date(2020, 2, 29), 44, 2020, 6, date(2020, 4, 30)),
        (date(2019, 3, 1), 42, 2019, 9, date(2019, 7, 31)),
        (date(2020, 3, 1), 45, 2020, 9, date(2020, 7, 31)),
        (date(2019, 5, 31), 42, 2019, 9, date(2019, 7, 31)),
        (date(2019, 6, 1), 43, 2020, 3, date(2020, 1, 31)),
    ],
)
def test_session_and_cut_off_follow_from_the_day_of_sending(sent_on, session, year, month, cut_off):
    window = report_window(sent_on)
    assert (report_session(sent_on), window.year, window.month) == (session, year, month)
    assert reply_cutoff(sent_on) == cut_off


@pytest.mark.parametrize(
    ("session", "sent", "replies"),
    [
        (25, (date(2013, 6, 1), date(2013, 11, 30)), (date(2013, 8, 1), date(2014, 1, 31))),
        (26, (date(2013, 12, 1), date(2014, 2, 28)), (date(2014, 2, 1), date(2014, 4, 30))),
        (27, (date(2014, 3, 1), date(2014, 5, 31)), (date(2014, 5, 1), date(2014, 7, 31))),
        (40, (date(2018, 6, 1), date(2018, 11, 30)), (date(2018, 8, 1), date(2019, 1, 31))),
    ],
)
def test_window_of_a_session_is_the_printed_one(session, sent, replies):
    window = window_of(session)
    assert (window.sent_from, window.sent_to) == sent
    assert (window.replies_from, window.replies_to) == replies


def test_each_day_belongs_to_one_window_and_replies_leave_no_gap():
    day, seen = date(2019, 1, 1), set()
    while day < date(2021, 1, 1):
        window = report_window(day)
        assert window.sent_from <= day <= window.sent_to
        assert window_of(window.session) == window
        seen.add(window)
        day += timedelta(days=1)
    windows = sorted(seen)
    assert [window.session for window in windows] == list(range(41, 48))
    assert all(b.replies_from == a.opens_on for a, b in pairwise(windows))


@pytest.mark.parametrize(
    ("on", "session"),
    [(date(2019, 1, 31), 39), (date(2019, 2, 1), 40), (date(2019, 4, 30), 40), (date(2019, 5, 1), 41)],
)
def test_window_is_closed_the_day_after_its_cut_off(on, session):
    assert last_closed(on=on).session == session


def test_windows_and_months_of_replies_are_settings(settings):
    settings.REPLY_CUTOFF_MONTHS = 3
    assert reply_cutoff(date(2019, 2, 28)) == date(2019, 5, 31)
