"""Two pages with one draft: what the second to save or send is told, and what it is shown."""

from collections.abc import Iterator
from contextlib import contextmanager

from iesogi.vault.editions import Seen, seen_on
from iesogi.vault.exceptions import SavedMeanwhile
from iesogi.vault.sending import NotSent
from reports.contributions.unfinished import Held

CONFLICT = 409


class Overtaken(NotSent):
    """`held` is what lies there now. The page that tells it has seen that, so the next try takes its place."""

    def __init__(self, sentence: str, held: Held):
        super().__init__(sentence, status=CONFLICT)
        self.held = held


@contextmanager
def told(held: Held) -> Iterator[None]:
    try:
        yield
    except SavedMeanwhile as error:
        raise Overtaken(str(error), held.as_it_is_now()) from error


def seen_by(request) -> Seen:
    return seen_on(request.POST.get("token", ""), request.POST.get("edition", ""))
