"""Sums over posts and channels: each is counted when it is asked for, and growth is never typed (R21)."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count

from dissemination.posts.enums import Network, PostForm, Trait
from dissemination.posts.models import (
    AudienceShare,
    Channel,
    ChannelDay,
    ChannelFigure,
    Post,
    PostNumbers,
    PostVersion,
)
from iesogi.documents import charts


class NetworkLine(NamedTuple):
    """What one network told about posts: posted versions, those with numbers, and their sums."""

    label: str
    posted: int
    with_numbers: int
    reach: int
    reactions: int
    comments: int
    shares: int


class Overview(NamedTuple):
    forms: list[tuple[str, int]]
    networks: list[NetworkLine]


def overview(posts) -> Overview:
    """Of the posts in a list; three queries whatever its length."""
    chosen = Post.objects.filter(pk__in=posts.order_by().values("pk"))
    counted = chosen.count_by_form()
    versions = PostVersion.objects.filter(post__in=chosen)
    posted = dict(versions.exclude(posted_at=None).order_by().values_list("network").annotate(Count("pk")))
    sums = PostNumbers.objects.filter(version__in=versions).by_network()
    nothing = {"posts": 0, "reach": 0, "reactions": 0, "comments": 0, "shares": 0}
    lines = []
    for network in Network:
        told = sums.get(network, nothing)
        lines.append(NetworkLine(network.label, posted.get(network, 0), told["posts"], *list(told.values())[1:]))
    return Overview([(form.label, counted.get(form, 0)) for form in PostForm], lines)


class Growth(NamedTuple):
    """Followers on the first and the last recorded day of a period; per cent is None where the first day had none."""

    first: ChannelDay
    last: ChannelDay

    @property
    def people(self) -> int:
        return self.last.followers - self.first.followers

    @property
    def percent(self) -> float | None:
        return round(100 * self.people / self.first.followers, 1) if self.first.followers else None


def growth(channel: Channel, start: date | None = None, end: date | None = None) -> Growth | None:
    """Between the first and the last day recorded in the period; None with fewer than two days."""
    days = channel.days.between(start or date.min, end or date.max).order_by("on")
    first, last = days.first(), days.last()
    return Growth(first, last) if first and first.pk != last.pk else None


def followers_by_month(channel: Channel, months: int = 12) -> list[ChannelDay]:
    """The last recorded day of each of the newest months, oldest first."""
    newest: dict[tuple[int, int], ChannelDay] = {}
    for day in channel.days.order_by("-on")[: months * 31]:
        newest.setdefault((day.on.year, day.on.month), day)
    return list(newest.values())[:months][::-1]


class Chart(NamedTuple):
    drawing: str
    caption: str
    rows: list[tuple[str, int]]


def audience(channel: Channel) -> dict[str, list[AudienceShare]]:
    """The newest parts of the audience by trait; a trait may have been told on another day than the next."""
    shares = AudienceShare.objects.filter(day__channel=channel).select_related("day").order_by("-day__on", "-people")
    newest: dict[str, list[AudienceShare]] = {}
    for share in shares[:2000]:
        rows = newest.setdefault(share.trait, [])
        if not rows or rows[0].day_id == share.day_id:
            rows.append(share)
    return {trait: newest[trait] for trait in Trait if trait in newest}


def chart(rows: list[tuple[str, int]], *, title: str, desc: str) -> Chart:
    return Chart(charts.bars([charts.Bar(*row) for row in rows], title=title, desc=desc), title, rows)


def printed(channel: Channel) -> list[ChannelFigure]:
    """Of this network and of all together, as printed."""
    return [figure for figure in ChannelFigure.objects.all() if figure.network in ("", channel.network)]
