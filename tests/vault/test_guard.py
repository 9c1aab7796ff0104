import threading
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iesogi.vault import guard
from iesogi.vault.exceptions import Busy


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (1000, 60)]
)
def test_wait_doubles_up_to_a_minute(failures, seconds):
    assert guard.wait_after(failures) == timedelta(seconds=seconds)


def test_slots_hold_so_many_and_say_when_to_come_back():
    slots = guard.Slots(2, patience=0)
    with slots.one(), slots.one():
        with pytest.raises(Busy) as refused, slots.one():
            pass
        assert refused.value.retry_after == 30
    with slots.one():
        pass


def test_slot_is_given_back_after_an_error():
    slots = guard.Slots(1, patience=0)
    with pytest.raises(ZeroDivisionError), slots.one():
        raise ZeroDivisionError
    with slots.one():
        pass


def test_a_waiting_request_gets_the_next_slot():
    slots, entered, leave, got = guard.Slots(1, patience=5), threading.Event(), threading.Event(), []

    def first():
        with slots.one():
            entered.set()
            leave.wait(5)

    def second():
        with slots.one():
            got.append(True)

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    entered.wait(5)
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join()
    assert got == [True]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "4:c00002"),
        ("192.0.2.78", "4:c00002"),
        ("::ffff:192.0.2.1", "4:c00002"),
        ("2001:db8:1:2ff::1", "6:20010db8000102"),
        ("fe80::1%eth0", "6:fe800000000000"),
        ("127.0.0.1", "onion"),
        ("::1", "onion"),
        ("", "unknown"),
        (None, "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_neighbours_share_a_network(address, network):
    assert guard.network_of(address) == network


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_address_belongs_somewhere(address):
    assert guard.network_of(address)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_bucket_runs_empty_and_fills_again():
    clock = Clock()
    buckets = guard.Buckets(burst=2, per_minute=6, clock=clock)
    assert [buckets.allow("192.0.2.1") for _each in range(3)] == [True, True, False]
    clock.now = 10
    assert [buckets.allow("192.0.2.200") for _each in range(2)] == [True, False]


def test_one_network_does_not_slow_another():
    buckets = guard.Buckets(burst=1, per_minute=1, clock=Clock())
    assert [buckets.allow(f"192.0.{each}.1") for each in range(3)] == [True] * 3


def test_buckets_keep_no_address_and_forget_after_an_hour():
    clock = Clock()
    buckets = guard.Buckets(burst=1, per_minute=0, clock=clock)
    assert [buckets.allow("192.0.2.1"), buckets.allow("192.0.2.1")] == [True, False]
    assert "192" not in repr(vars(buckets))
    before = set(buckets._levels)
    clock.now = 3600
    assert buckets.allow("192.0.2.1")
    assert not before & set(buckets._levels)


def test_buckets_stay_small_under_a_flood():
    buckets = guard.Buckets(burst=1, per_minute=1, most=10, clock=Clock())
    for each in range(50):
        buckets.allow(f"10.0.{each}.1")
    assert len(buckets._levels) == 10
