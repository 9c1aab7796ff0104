"""What an indicator has reached: counted from rows where there are any, typed only where nothing counts it."""

from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from dissemination.models import Engagement, Output, Post, PostNumbers
from dissemination.strategies.enums import ActivityState, MeasuredBy, Subject
from dissemination.strategies.models import Indicator, Strategy


class Result(NamedTuple):
    indicator: Indicator
    reached: int | None

    @property
    def percent(self) -> int | None:
        """Of the target, rounded down; None without a target or a result."""
        if not self.indicator.target or self.reached is None:
            return None
        return 100 * self.reached // self.indicator.target


def engagements_of(strategy: Strategy) -> QuerySet:
    by_kind = {
        Subject.REPORT: Q(reports=strategy.report_id),
        Subject.VISIT: Q(visit=strategy.visit_id),
        Subject.LETTER: Q(pk__in=[]),
    }
    return Engagement.objects.filter(by_kind[strategy.kind])


def outputs_of(strategy: Strategy) -> QuerySet:
    """Everything that is out about the subject, postings apart."""
    of_letter = Q(press_item__letter=strategy.letter_id)
    subject = {Subject.REPORT: Q(report=strategy.report_id), Subject.VISIT: Q(visit=strategy.visit_id)}
    return Output.objects.filter(subject.get(strategy.kind, of_letter)).exclude(kind="social_post")


def posts_of(strategy: Strategy) -> QuerySet:
    """Posted at least once."""
    return Post.objects.filter(
        output__isnull=False, **{strategy.kind.value: getattr(strategy, f"{strategy.kind.value}_id")}
    )


def _reach(strategy: Strategy) -> int:
    numbers = PostNumbers.objects.filter(version__post__in=posts_of(strategy)).newest()
    return numbers.aggregate(total=Sum("reach"))["total"] or 0


COUNTS = {
    MeasuredBy.ACTIVITIES: lambda strategy: strategy.activities.filter(state=ActivityState.DONE).count(),
    MeasuredBy.ENGAGEMENTS: lambda strategy: engagements_of(strategy).count(),
    MeasuredBy.ATTENDANCE: lambda strategy: engagements_of(strategy).attendance(),
    MeasuredBy.OUTPUTS: lambda strategy: outputs_of(strategy).count(),
    MeasuredBy.POSTS: lambda strategy: posts_of(strategy).count(),
    MeasuredBy.REACH: _reach,
}


def results(strategy: Strategy) -> list[Result]:
    """One line for each indicator; each kind of count is asked for once."""
    indicators = list(strategy.indicators.all())
    counted = {kind: COUNTS[kind](strategy) for kind in {line.measured_by for line in indicators} if kind in COUNTS}
    return [Result(line, counted.get(line.measured_by, line.typed)) for line in indicators]
