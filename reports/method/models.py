"""The standard method, the milestones of a report, and who stood for each of them (WP 2021-2023 para 19)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iesogi.accounts.enums import Role
from iesogi.audit.querysets import AppendOnlyQuerySet
from iesogi.reference.enums import Evidence, Forum
from reports.enums import Part, Stage, Verdict
from reports.querysets import MilestoneQuerySet


class MethodStep(models.Model):
    """One step of the standard method with its place in time, counted back from the slot date.

    WP 2021-2023 para 19. The days are unconfirmed practice, so staff may change them.
    """

    stage = models.CharField(_("stage"), max_length=20, choices=Stage, unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    phase = models.CharField(_("phase"), max_length=20)
    days_before_slot = models.IntegerField(
        _("days before the slot date"), help_text=_("Calendar days; negative for steps after submission.")
    )
    days_before_slot_ga = models.IntegerField(
        _("days before the slot date, General Assembly"),
        null=True,
        blank=True,
        help_text=_("Only where the step lies elsewhere for a report to the General Assembly; empty: the same days."),
    )
    duration_days = models.PositiveSmallIntegerField(
        _("days of work"),
        default=0,
        help_text=_("Calendar days the step takes; its latest start is counted with them."),
    )
    optional = models.BooleanField(_("optional"), default=False)
    prepares = models.CharField(_("prepared by"), max_length=100, blank=True)
    supervises = models.CharField(_("guided by"), max_length=100, blank=True)
    approves = models.CharField(_("approved by"), max_length=100, blank=True)
    prepares_role = models.CharField(_("role that prepares"), max_length=30, choices=Role, blank=True)
    supervises_role = models.CharField(_("role that guides"), max_length=30, choices=Role, blank=True)
    approves_role = models.CharField(
        _("role that approves"),
        max_length=30,
        choices=Role,
        blank=True,
        help_text=_("With a role, the step is done only once a person of that role has stood for it here."),
    )
    yields = models.CharField(_("yields"), max_length=100, blank=True)
    evidence = models.CharField(
        _("evidence for the days"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("step of the standard method")
        verbose_name_plural = _("steps of the standard method")
        ordering = ["order"]

    def __str__(self):
        return self.get_stage_display()

    def days_for(self, forum: str) -> int:
        """Days before the slot date of this forum; negative after it."""
        if forum == Forum.GA and self.days_before_slot_ga is not None:
            return self.days_before_slot_ga
        return self.days_before_slot

    @property
    def is_estimate(self):
        """No source says how many days: pages that show them say so."""
        return self.evidence == Evidence.UNCONFIRMED

    @property
    def chain(self):
        """The parts that need a person of a role, in their order: pairs of part and role."""
        roles = zip(Part, (self.prepares_role, self.supervises_role, self.approves_role), strict=True)
        return [(part, Role(role)) for part, role in roles if role]


class Milestone(models.Model):
    """A step of one report; its due date lives in the deadlines table, which reminds and explains."""

    report = models.ForeignKey(
        "reports.Report", verbose_name=_("report"), on_delete=models.PROTECT, related_name="milestones"
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    deadline = models.OneToOneField(
        "deadlines.Deadline", verbose_name=_("deadline"), on_delete=models.PROTECT, related_name="+"
    )
    planned_on = models.DateField(
        _("planned for"), help_text=_("What planning gave; the deadline may have been extended since.")
    )
    evidence = models.CharField(_("what shows that it is done"), max_length=300, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["report", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "stage"],
                name="milestone_once_per_report",
                violation_error_message=_("This report has a milestone for this stage already."),
            )
        ]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.report}"


class Approval(models.Model):
    """Somebody stood for one part of a step, or sent it back. Rows are only added.

    A step that was sent back starts a new round: what was given before stays as history and counts no more.
    """

    milestone = models.ForeignKey(
        Milestone, verbose_name=_("milestone"), on_delete=models.PROTECT, related_name="approvals"
    )
    part = models.CharField(_("part"), max_length=12, choices=Part)
    role = models.CharField(_("in the role of"), max_length=30, choices=Role)
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict, default=Verdict.GIVEN)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["milestone", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "round", "part"],
                name="approval_once_a_part_and_round",
                violation_error_message=_("Somebody stood for this part already. Look at the page again."),
            ),
            models.UniqueConstraint(
                fields=["milestone", "round", "by"],
                name="approval_one_part_a_person",
                violation_error_message=_("You stood for another part of this step. Somebody else takes this one."),
            ),
            models.CheckConstraint(
                name="approval_returned_says_why",
                condition=~Q(verdict=Verdict.RETURNED) | ~Q(note=""),
                violation_error_message=_("Say what has to change before the step comes back."),
            ),
        ]

    def __str__(self):
        return f"{self.milestone}: {self.get_part_display()}"
