"""Roles as groups, a second factor that was lost, and people for a trial."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.accounts.roles import PERMISSIONS
from iesogi.audit import services as audit

# Shown on screen and in the README of a trial; the command that uses it refuses to run outside DEMO.
DEMO_PASSWORD = "portal-trial-2021"  # noqa: S105
PAID_FROM_OUTSIDE = {Role.RESEARCH_ASSISTANT, Role.DISSEMINATION_CONSULTANT, Role.SENIOR_ADVISOR}


@transaction.atomic
def sync_roles() -> dict[str, int]:
    """Make the groups say what `roles.py` says; how many permissions each role holds. A second run changes nothing."""
    known = {
        (each.content_type.app_label, each.codename): each
        for each in Permission.objects.select_related("content_type")
    }
    counts = {}
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        wanted = [known[each] for each in _codenames(role)]
        group.permissions.set(wanted)
        counts[role.value] = len(wanted)
    return counts


def _codenames(role: Role) -> list[tuple[str, str]]:
    return [
        (app, f"{action}_{model}")
        for label, actions in PERMISSIONS[role].items()
        for app, model in [label.split(".")]
        for action in actions
    ]


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()


@transaction.atomic
def remove_second_factor(user: User, *, by: User) -> None:
    """For someone who lost it. Every kind goes, recovery codes too: whoever found one must not keep a way in."""
    Authenticator.objects.filter(user=user).delete()
    audit.record(by=by, verb="user.second_factor_removed", target=user)


def forget_old_addresses(user: User) -> None:
    """The login library remembers addresses; one that is no longer the person's must not reset the password."""
    EmailAddress.objects.filter(user=user).delete()


@transaction.atomic
def make_demo_users() -> list[User]:
    """One person a role with the known password. Existing ones keep what was changed, but for the password."""
    people = []
    for role in Role:
        user, created = User.objects.get_or_create(
            username=role.value.replace("-", "."),
            defaults={
                "email": f"{role.value}@example.org",
                "first_name": str(role.label),
                "is_staff": True,
                "paid_by": PaidBy.OUTSIDE if role in PAID_FROM_OUTSIDE else PaidBy.OHCHR,
            },
        )
        if created or not user.check_password(DEMO_PASSWORD):
            user.set_password(DEMO_PASSWORD)
            user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=role.value))
        people.append(user)
    return people
