from datetime import date

import pytest
import time_machine

from iesogi.deadlines import services
from iesogi.deadlines.models import DeadlineKind

# A Monday, ten in the morning in Geneva.
NOW = "2021-05-03T10:00:00+02:00"


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kind(db):
    return DeadlineKind.objects.create(code="milestone", label="Milestone", reminder_offsets=[-14, -7, -1, 0, 7])


@pytest.fixture
def secret(db):
    return DeadlineKind.objects.create(
        code="reply", label="A reply is due", reminder_offsets=[-7, 0, 7], confidential=True
    )


@pytest.fixture
def owner(django_user_model, db):
    return django_user_model.objects.create(username="owner", email="owner@example.org", paid_by="ohchr")


@pytest.fixture
def deadline(now, kind, owner):
    """Due in 28 days, on Monday 31 May 2021."""
    return services.open_on(
        kind, title="Background document", due_on=date(2021, 5, 31), explanation="As planned.", owner=owner
    )
