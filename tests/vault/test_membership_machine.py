"""Join, leave, lose, rotate, submit, disclose, expire, recover, in any order: the members of the current epoch and the
recovery key open every case, and nobody else opens any."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from iesogi.accounts.enums import Role
from iesogi.vault import disclosure, members, records, rotation
from iesogi.vault.enums import Slug, VaultState
from iesogi.vault.exceptions import Damaged, NotAMember
from iesogi.vault.models import CompartmentGrant, SealedRecord
from tests.vault.conftest import RECOVERY, admit, fingerprint_of, submit, vault_of, with_vault

TODAY = timezone.localdate()
numbers = st.integers(0, 50)


class Membership(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.known, self.inside, self.cases, self.told = [with_vault("founder")], {0}, [], {}
        self.custodian = with_vault("custodian", Role.MANDATE_HOLDER)
        members.set_up_channels()

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def pick(self, numbers, at):
        return sorted(numbers)[at % len(numbers)]

    def newcomer(self):
        self.known.append(with_vault(f"person{len(self.known)}"))
        return len(self.known) - 1

    @precondition(lambda self: self.inside and len(self.known) < 6)
    @rule(at=numbers)
    def join(self, at):
        by = self.known[self.pick(self.inside, at)]
        new = self.newcomer()
        admit(Slug.CASES, self.known[new], by)
        self.inside.add(new)

    @precondition(lambda self: len(self.known) < 6)
    @rule()
    def recover(self):
        new = self.newcomer()
        vault, mark = vault_of(self.known[new]), fingerprint_of(self.known[new])
        members.admit_by_recovery(Slug.CASES, vault, fingerprint=mark, recovery_private=RECOVERY, by=None)
        self.inside.add(new)

    @precondition(lambda self: self.inside)
    @rule(at=numbers, state=st.sampled_from([VaultState.CLOSED, VaultState.LOST]))
    def leave(self, at, state):
        gone = self.pick(self.inside, at)
        members.close_vault(self.known[gone].user, state=state, by=None)
        self.inside.discard(gone)
        self.told.pop(gone, None)

    @precondition(lambda self: self.inside)
    @rule(at=numbers, batch=st.integers(1, 3))
    def rotate(self, at, batch):
        assert rotation.rotate(Slug.CASES, unlocked=self.known[self.pick(self.inside, at)], batch=batch).is_finished

    @precondition(lambda self: self.inside)
    @rule(at=numbers)
    def rotation_is_cut_off(self, at):
        if len(members.open_epochs(Slug.CASES)) == 1:
            rotation._begin(Slug.CASES, self.known[self.pick(self.inside, at)], "")

    @precondition(lambda self: len(self.cases) < 4)
    @rule()
    def submit(self):
        self.cases.append(submit(f"story {len(self.cases)}", f"name {len(self.cases)}"))

    @precondition(lambda self: self.cases and self.inside)
    @rule(at=numbers)
    def disclose(self, at):
        to, case = self.pick(self.inside, at), self.cases[at % len(self.cases)]
        record = SealedRecord.objects.get(compartment=case.identity)
        receiver = self.known[to]
        disclosure.disclose(
            record,
            vault_of(receiver),
            fingerprint=fingerprint_of(receiver),
            until=TODAY,
            unlocked=self.custodian,
        )
        self.told.setdefault(to, set()).add(record.pk)

    @rule()
    def expire(self):
        disclosure.expire(on=TODAY + timedelta(days=1))
        self.told = {}

    @invariant()
    def members_and_only_members_open_every_case(self):
        for number, unlocked in enumerate(self.known):
            for case, sent in enumerate(self.cases):
                assert self.reads(unlocked, sent.content) == ([f"story {case}"] if number in self.inside else None)
                assert self.reads(unlocked, sent.identity) is None

    @invariant()
    def recovery_opens_every_case(self):
        keys = {each.pk: members.recovered_key(each, RECOVERY) for each in members.open_epochs(Slug.CASES)}
        for grant in CompartmentGrant.objects.filter(epoch__channel__slug="cases").select_related("epoch__channel"):
            assert records.open_grant(grant, keys[grant.epoch_id])

    @invariant()
    def disclosed_is_what_was_told(self):
        for number, unlocked in enumerate(self.known):
            for record in SealedRecord.objects.filter(compartment__in=[each.identity for each in self.cases]):
                assert self.is_told(unlocked, record) == (record.pk in self.told.get(number, set()))

    def reads(self, unlocked, place):
        try:
            opened = members.open_compartment(unlocked, place)
        except (NotAMember, Damaged):
            return None
        return [records.read(row, opened).content["story"] for row in SealedRecord.objects.filter(compartment=place)]

    def is_told(self, unlocked, record):
        try:
            return bool(disclosure.read(record, unlocked=unlocked, on=TODAY))
        except NotAMember:
            return False


@pytest.mark.django_db
def test_membership_in_any_order():
    few = settings(
        max_examples=6, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(Membership, settings=few)
