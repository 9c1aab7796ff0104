"""What a measure is: a name, a figure, the limit it is held against, and what the figure counts."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

ROUNDS = 7


@dataclass(frozen=True)
class Measure:
    name: str
    figure: float
    limit: float
    unit: str = "times"

    @property
    def ok(self) -> bool:
        return self.figure <= self.limit

    def __str__(self) -> str:
        verdict = "ok" if self.ok else "over"
        return f"{self.name:<72} {self.figure:>9.2f} {self.limit:>9.2f}  {verdict:<4}  {self.unit}"

    def as_json(self) -> dict:
        return asdict(self) | {"figure": round(self.figure, 4), "ok": self.ok}


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def ratios(ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int = ROUNDS) -> list[float]:
    """Both sides in turn, so that a slow moment of the machine meets both; which goes first changes each time."""
    ours(), theirs()  # imports and caches of both are paid before the first round
    found = []
    for number in range(rounds):
        if number % 2:
            bottom, top = seconds(theirs), seconds(ours)
        else:
            top, bottom = seconds(ours), seconds(theirs)
        found.append(top / bottom)
    return found


def median_ratio(ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    return statistics.median(ratios(ours, theirs, rounds=rounds))
