"""A strategy, a press item and a post for a trial, as somebody would have begun them; nothing of it is out."""

from django.db import transaction

from dissemination.models import Activity, Indicator, Post, PressItem, Strategy
from dissemination.posts.enums import Network
from dissemination.strategies.enums import ActivityKind, Considered, MeasuredBy, Stage
from iesogi.accounts.models import User
from reports.models import Report

TITLE = "Sample: the last report in short"


@transaction.atomic
def load_outgoing_samples(author: User) -> dict[str, int]:
    """Once: what is there already is left alone. How many were made, by name."""
    report = Report.objects.issued().filter(strategy=None).order_by("-year", "pk").first()
    if report is None or Post.objects.filter(title=TITLE).exists():
        return {"strategies": 0, "press items": 0, "posts": 0}
    strategy = Strategy.objects.create(
        report=report, considered=Considered.YES, objectives="Sample: the findings are known where they are needed."
    )
    Activity.objects.create(
        strategy=strategy, stage=Stage.AFTER_PUBLICATION, kind=ActivityKind.OTHER, title="Sample: a talk"
    )
    Indicator.objects.create(strategy=strategy, label="Sample: talks held", measured_by=MeasuredBy.HAND)
    item = PressItem.objects.create(title=TITLE, report=report, author=author)
    item.texts.create(language="en", title=TITLE, body="Sample: what the report found, in three sentences.")
    post = Post.objects.create(title=TITLE, report=report, author=author)
    post.versions.create(network=Network.TWITTER, language="en", text="Sample: the report is out. #IESOGI")
    return {"strategies": 1, "press items": 1, "posts": 1}
