"""Who belongs to which channel, who waits to be admitted, and what a channel lacks: facts for the staff pages."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.accounts.models import User
from iesogi.vault.enums import ENOUGH_MEMBERS, EpochState, Slug
from iesogi.vault.members import members_of, open_epochs
from iesogi.vault.models import Channel, ChannelEpoch, CompartmentGrant, Vault
from iesogi.vault.permissions import may_join, may_see, may_take_away


@dataclass(frozen=True)
class Circle:
    """One channel as a member of staff sees it."""

    slug: Slug
    members: list[Vault]
    waiting: list[Vault]
    i_belong: bool
    may_take_away: bool
    rotation_due: bool
    rotation_unfinished: bool

    @property
    def label(self) -> str:
        return str(self.slug.label)

    @property
    def lacks(self) -> str:
        return lacks(self.slug, len(self.members))


def lacks(slug: Slug, count: int) -> str:
    """The sentence of the red banner; empty where there are enough members."""
    if count >= ENOUGH_MEMBERS.get(slug, 0):
        return ""
    sentence = ngettext(
        "“%(channel)s” has %(count)s member: one lost passphrase or one leaver, and nobody opens it without the "
        "paper halves. Admit a second person.",
        "“%(channel)s” has %(count)s members: nobody opens it without the paper halves. Admit two people.",
        count,
    )
    return sentence % {"channel": slug.label, "count": count}


def warnings() -> list[str]:
    """What the start page, the list of cases and the page of channels say in red; two queries."""
    made = set(Channel.objects.values_list("slug", flat=True))
    counted = dict(
        ChannelEpoch.objects.current()
        .values_list("channel__slug")
        .annotate(members=Count("grants", filter=Q(grants__vault__state="active")))
    )
    return [said for slug in ENOUGH_MEMBERS if slug in made and (said := lacks(slug, counted.get(slug.value, 0)))]


def circles(user: User) -> list[Circle]:
    """The channels that were set up and that this person may know of."""
    made = set(Channel.objects.values_list("slug", flat=True))
    return [_circle(slug, user) for slug in Slug if slug in made and may_see(user, slug)]


def _circle(slug: Slug, user: User) -> Circle:
    members = members_of(slug)
    inside = {vault.pk for vault in members}
    epochs = open_epochs(slug)
    return Circle(
        slug,
        members,
        [vault for vault in _others(inside) if may_join(vault.user, slug)],
        any(vault.user_id == user.pk for vault in members),
        bool(may_take_away(user, slug)),
        any(epoch.rotation_due for epoch in epochs),
        any(epoch.state == EpochState.LEAVING for epoch in epochs),
    )


def _others(inside: set[int]) -> list[Vault]:
    return list(Vault.objects.in_use().exclude(pk__in=inside).select_related("user").order_by("user__username"))


def leavers() -> list[Vault]:
    """Vaults in use of accounts that were closed."""
    return list(Vault.objects.in_use().filter(user__is_active=False).select_related("user"))


def channels_of(vault: Vault) -> list[str]:
    current = ChannelEpoch.objects.current().filter(grants__vault=vault)
    return [str(Slug(slug).label) for slug in current.values_list("channel__slug", flat=True)]


def rotation_facts(slug: Slug) -> list[str]:
    """How far a rotation is, and how much lies before it."""
    facts = []
    for epoch in open_epochs(slug):
        count = CompartmentGrant.objects.filter(epoch=epoch).count()
        words = {"number": epoch.number, "count": count, "state": epoch.get_state_display()}
        facts.append(_("Key %(number)s: %(state)s. %(count)s cases are sealed to it.") % words)
    return facts
