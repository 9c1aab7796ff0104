"""What happened on the way to a visit and after it, the State's answers to the terms, and the checklist."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import Evidence
from visits.enums import Anchor, Phase, ReportStage, StepKind, VisitKind, VisitState
from visits.models.history import Recorded
from visits.models.visits import Visit
from visits.querysets import ChecklistItemQuerySet
from visits.terms import Answer, Term

WORDS = {StepKind.STATE: VisitState, StepKind.REPORT: ReportStage, StepKind.TERM: Term}


class VisitStep(Recorded):
    """A step and the day it happened, which is not the day it was recorded. Rows are only added (R18)."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("kind"), max_length=10, choices=StepKind)
    code = models.CharField(_("step"), max_length=20, blank=True)
    on = models.DateField(_("happened on"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a visit")
        verbose_name_plural = _("steps of visits")
        ordering = ["on", "pk"]

    def __str__(self):
        return self.in_words

    @property
    def in_words(self):
        words = WORDS.get(self.kind)
        return str(words(self.code).label) if words else str(self.get_kind_display())


class TermAnswer(models.Model):
    """How the State answered one point of the terms of reference; the steps of the visit keep earlier answers."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.PROTECT, related_name="term_answers")
    term = models.CharField(_("point"), max_length=12, choices=Term)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.OPEN)
    on = models.DateField(_("answered on"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("answer to a term of reference")
        verbose_name_plural = _("answers to terms of reference")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "term"],
                name="termanswer_once_per_point",
                violation_error_message=_("This point has an answer already; a new answer replaces it."),
            )
        ]

    def __str__(self):
        return f"{self.get_term_display()}: {self.get_answer_display()}"


class ChecklistStep(models.Model):
    """One line of the checklist that every visit of its kind gets, counted from a day of the visit.

    What is printed nowhere is unconfirmed practice, so staff may change it.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("what is to be done"), max_length=160)
    phase = models.CharField(_("stage"), max_length=12, choices=Phase)
    for_country = models.BooleanField(_("for country visits"), default=True)
    for_others = models.BooleanField(_("for promotional and advisory visits"), default=False)
    anchor = models.CharField(_("counted from"), max_length=10, choices=Anchor)
    days = models.IntegerField(_("days"), help_text=_("Calendar days; negative for steps before that day."))
    order = models.PositiveSmallIntegerField(_("order"))
    evidence = models.CharField(
        _("evidence for the days"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED
    )
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("line of the checklist")
        verbose_name_plural = _("lines of the checklist")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="checkliststep_is_for_some_visit",
                condition=models.Q(for_country=True) | models.Q(for_others=True),
                violation_error_message=_("Say for which visits this line is: country visits, others, or both."),
            )
        ]

    def __str__(self):
        return self.label

    def is_for(self, visit):
        return self.for_country if visit.kind == VisitKind.COUNTRY else self.for_others


class ChecklistItem(models.Model):
    """A line of the checklist of one visit; its due date lives in the deadlines table, which reminds and explains."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.PROTECT, related_name="checklist")
    step = models.ForeignKey(
        ChecklistStep, verbose_name=_("what is to be done"), on_delete=models.PROTECT, related_name="items"
    )
    deadline = models.OneToOneField(
        "deadlines.Deadline", verbose_name=_("deadline"), on_delete=models.PROTECT, related_name="+"
    )
    planned_on = models.DateField(
        _("planned for"), help_text=_("What planning gave; the deadline may have been extended since.")
    )
    evidence = models.CharField(_("what shows that it is done"), max_length=300, blank=True)

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of checklists")
        ordering = ["visit", "step__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "step"],
                name="checklistitem_once_per_visit",
                violation_error_message=_("This line is on the checklist of the visit already."),
            )
        ]

    def __str__(self):
        return f"{self.step}: {self.visit}"
