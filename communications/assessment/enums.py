"""What is judged of a case, and how (domain.md 1.3; R6, R7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communications.cases.enums import Criterion
from communications.enums import LetterKind


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("Not known")


class Ground(models.TextChoices):
    """What a type of letter needs in the case (R7)."""

    ONGOING = "ongoing", _("It goes on, or is about to happen")
    PAST = "past", _("It happened on a day that has passed")
    LAW = "law", _("A law, a policy or a practice is named")


NEEDED_BY = {
    LetterKind.URGENT_APPEAL: Ground.ONGOING,
    LetterKind.ALLEGATION_LETTER: Ground.PAST,
    LetterKind.OTHER_LETTER: Ground.LAW,
}
QUESTIONS = [*Criterion.choices, *Ground.choices]
