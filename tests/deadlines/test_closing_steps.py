"""A deadline that a step of the house closes says which one, wherever it is opened."""

import ast
from pathlib import Path

import pytest

from iesogi.deadlines import services
from iesogi.deadlines.clock import Rule
from iesogi.deadlines.days import today
from iesogi.deadlines.exceptions import DeadlineRefused

ROOT = Path(__file__).resolve().parents[2]
OPENING = {"open_on", "open_deadline"}
# Nothing in the portal knows that these are done: a look at what may have gone out, what was agreed in a conversation,
# and samples of the trial.
BY_HAND = {"communications/cases/recall.py", "iesogi/site/demo.py", "visits/services/candidates.py"}


def modules_that_open():
    """Module, and whether each deadline it opens says what closes it."""
    for folder in ("reports", "visits", "communications", "dissemination", "iesogi"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith("iesogi/deadlines/") and (said := said_in(ast.parse(path.read_text("utf-8")))):
                yield name, said


def said_in(tree):
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    opened = [each for each in calls if isinstance(each.func, ast.Attribute) and each.func.attr in OPENING]
    spread = any(isinstance(each, ast.Constant) and each.value == "closing_step" for each in ast.walk(tree))
    return [spread or "closing_step" in {keyword.arg for keyword in each.keywords} for each in opened]


def test_every_deadline_is_closed_by_a_step_or_known_to_be_closed_by_hand():
    found = dict(modules_that_open())
    assert {name for name, said in found.items() if not all(said)} == BY_HAND
    assert len(found) >= 12


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["on a day", "by a rule"])
def test_only_its_step_closes_it_and_whoever_tries_is_led_there(how, officer):
    about = {"title": "A step", "subject_url": "/admin/there/", "closing_step": "It is done once it is."}
    if how == "on a day":
        deadline = services.open_on("task", due_on=today(), explanation="Given.", **about)
    else:
        deadline = services.open_deadline("task", rule=Rule("days", 5), start_on=today(), **about)
    with pytest.raises(DeadlineRefused) as refused:
        services.complete(deadline, by=officer)
    assert str(refused.value) == (
        "This deadline is not closed by hand, because a step of its own closes it. It is done once it is. "
        "Go to /admin/there/."
    )
    assert services.complete(deadline, by=officer, at_subject=True).done_on == today()
