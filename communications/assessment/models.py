"""What a person answered on a criterion of a case: the answer readable, why sealed into the case."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communications.assessment.enums import QUESTIONS, Answer
from communications.assessment.querysets import CriterionAnswerQuerySet
from communications.cases.models import Case


class CriterionAnswer(models.Model):
    """Added and never changed; the last one on a question counts. It holds no content (domain.md 1.3)."""

    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=8, choices=QUESTIONS)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("on"))

    objects = CriterionAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer on a criterion")
        verbose_name_plural = _("answers on criteria")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="criterionanswer_question_is_known",
                condition=Q(question__in=sorted(value for value, _label in QUESTIONS)),
                violation_error_message=_("This is no question of the assessment."),
            ),
            models.CheckConstraint(
                name="criterionanswer_answer_is_known",
                condition=Q(answer__in=sorted(Answer.values)),
                violation_error_message=_("Answer with yes, no or not known."),
            ),
        ]
        indexes = [models.Index(fields=["case", "question"], name="answers_by_case_and_question")]

    def __str__(self):
        return f"{self.get_question_display()}: {self.get_answer_display()}"
