"""What time alone does in this room."""

from datetime import datetime

from communications import digest
from communications.cases import recall, retention
from communications.publication import services as publication
from iesogi.deadlines.days import day_of


def tick(*, now: datetime, enqueue: bool) -> dict[str, int]:
    recalled = recall.night(on=day_of(now)) if retention.is_night_due(now) else 0
    done = retention.tick(now=now, enqueue=enqueue) | digest.tick(now=now, enqueue=enqueue)
    return done | publication.tick(now=now, enqueue=enqueue) | {"consent_tasks": recalled}
