"""What press items and posts share: everything that leaves is a draft until somebody else than its author approved it.

WP 2021-2023 paras 19c, 22, 29. The steps are in `approval.py`, the rules about reports, visits, letters in `gates.py`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dissemination.enums import NEXT_OF_DRAFT, DraftState
from dissemination.querysets import OutgoingQuerySet


def approval_constraints(name):
    """Named for the model, so that two tables may have them."""
    return [
        models.CheckConstraint(
            name=f"{name}_approved_by_somebody_else",
            condition=Q(approved_by=None) | Q(author=None) | ~Q(approved_by=F("author")),
            violation_error_message=_("Nobody approves what they wrote themselves. Ask somebody else."),
        ),
        models.CheckConstraint(
            name=f"{name}_leaves_once_approved",
            condition=~Q(state__in=[DraftState.APPROVED, DraftState.OUT])
            | Q(approved_by__isnull=False, approved_at__isnull=False),
            violation_error_message=_("It is approved by a person before it leaves."),
        ),
        models.CheckConstraint(
            name=f"{name}_speaks_of_one_subject",
            condition=Q(report=None, visit=None) | Q(report=None, letter=None) | Q(visit=None, letter=None),
            violation_error_message=_("Choose one subject: a report, a visit or a letter, not several."),
        ),
    ]


def _subject(model, label):
    return models.ForeignKey(
        model, verbose_name=label, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)s_set"
    )


def person(label):
    """Who took a step; only the step writes it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )


def counted_as(related_name):
    """The output that the row became once it was out; only the step writes it."""
    return models.OneToOneField(
        "dissemination.Output",
        verbose_name=_("counted as"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name=related_name,
    )


class Outgoing(models.Model):
    title = models.CharField(_("title"), max_length=300, help_text=_("Name no victim and no source."))
    report = _subject("reports.Report", _("about the report"))
    visit = _subject("visits.Visit", _("about the visit"))
    letter = _subject("communications.Letter", _("about the published letter"))
    campaign = _subject("dissemination.Campaign", _("for the campaign"))
    activity = _subject("dissemination.Activity", _("step of the strategy"))
    state = models.CharField(_("state"), max_length=10, choices=DraftState, default=DraftState.DRAFT, editable=False)
    author = person(_("written by"))
    submitted_at = models.DateTimeField(_("waiting since"), null=True, blank=True, editable=False)
    approved_by = person(_("approved by"))
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    remark = models.CharField(_("why it came back"), max_length=300, blank=True, editable=False)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    def clean(self):
        from dissemination.gates import check_subject

        check_subject(self)

    @property
    def may_be_edited(self):
        """Once it waits for approval the words stay as they are, or somebody would approve other ones."""
        return self.state == DraftState.DRAFT

    def successors(self):
        return NEXT_OF_DRAFT[DraftState(self.state)]
