"""The readable side of a sealed case: what queues and figures need, and nothing that says who or what.

No row that a source's request writes carries a clock or a running number: `week` is a Monday, keys are random.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communications.cases.enums import Came, CaseState, DisclosureState, FileState, Matter, Outcome, Retention
from communications.cases.querysets import CaseQuerySet, DisclosureRequestQuerySet


class Case(models.Model):
    """One submission. The clear answers on consent hold the strictest of all victims: they can only forbid more."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ref = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    week = models.DateField(_("week"), help_text=_("The Monday of the week in which it came."))
    came = models.CharField(_("how it came"), max_length=8, choices=Came, default=Came.FORM)
    country = models.ForeignKey(
        "reference.Country",
        verbose_name=_("State"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        help_text=_("Empty where the source asked to keep it out of the readable columns."),
    )
    matter = models.CharField(_("kind of matter"), max_length=10, choices=Matter)
    urgent = models.BooleanField(_("urgent"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=CaseState, default=CaseState.RECEIVED)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    duplicates = models.ManyToManyField("self", verbose_name=_("possible duplicates"), blank=True)
    # Consent, the strictest of all victims (R4).
    agrees_to_letter = models.BooleanField(_("agrees to a letter"), default=False)
    may_be_named_to_state = models.BooleanField(_("may be named to the State"), default=False)
    may_be_named_publicly = models.BooleanField(_("may be named in public reports"), default=False)
    may_be_named_in_press = models.BooleanField(_("may be named to the press"), default=False)
    may_be_contacted = models.BooleanField(_("may be contacted"), default=False)
    consent_withdrawn = models.BooleanField(_("consent was withdrawn"), default=False)
    # What the coach found when it was sent (domain.md 1.3).
    meets_c1 = models.BooleanField(_("says who the alleged victim is"), default=False)
    meets_c2 = models.BooleanField(_("says who is said to be responsible"), default=False)
    meets_c3 = models.BooleanField(_("says who sends it"), default=False)
    meets_c4 = models.BooleanField(_("says what happened, when and where"), default=False)
    meets_c5 = models.BooleanField(_("says what was done about it"), default=False)
    consent_narrowed = models.BooleanField(
        _("consent was narrowed"),
        default=False,
        help_text=_("The source closed a use, and nobody has judged yet what is out already."),
    )
    consent_task = models.OneToOneField(
        "deadlines.Deadline",
        verbose_name=_("task after a narrower consent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    has_news = models.BooleanField(_("news from the source"), default=True)
    reprisal_reported = models.BooleanField(_("reprisal reported"), default=False)
    expires_on = models.DateField(
        _("content kept until"), null=True, blank=True, help_text=_("Set by the nightly pass from the week.")
    )
    paused = models.BooleanField(_("kept because of news"), default=False)
    retention = models.CharField(_("period of retention"), max_length=10, choices=Retention, blank=True)
    postponed_to = models.DateField(_("kept longer, until"), null=True, blank=True)
    expiry_deadline = models.OneToOneField(
        "deadlines.Deadline",
        verbose_name=_("deadline of the retention"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    content = models.OneToOneField(
        "vault.Compartment", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    identity = models.OneToOneField(
        "vault.Compartment", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-week", "ref"]
        permissions = [
            ("open_case", _("Can open a sealed case")),
            ("decide_case", _("Can decide whether a case is taken up")),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_week_begins_on_a_monday",
                condition=Q(week__iso_week_day=1),
                violation_error_message=_("The week of a case is given by its Monday, and never by the day."),
            ),
            models.CheckConstraint(
                name="case_state_is_known",
                condition=Q(state__in=CaseState.values),
                violation_error_message=_("This state of a case is not known."),
            ),
            models.CheckConstraint(
                name="case_matter_is_known",
                condition=Q(matter__in=Matter.values),
                violation_error_message=_("This kind of matter is not known."),
            ),
            models.CheckConstraint(
                name="case_proposed_meets_the_minimum",
                condition=~Q(state__in=[CaseState.PROPOSED, CaseState.TAKEN_UP])
                | Q(meets_c1=True, meets_c2=True, meets_c3=True, meets_c4=True),
                violation_error_message=_(
                    "A case is proposed only when it says who the alleged victim is, who is said to be responsible, "
                    "who sends it, and what happened when and where."
                ),
            ),
            models.CheckConstraint(
                name="case_merged_says_where",
                condition=Q(state=CaseState.MERGED, merged_into__isnull=False)
                | ~Q(state=CaseState.MERGED) & Q(merged_into=None),
                violation_error_message=_("A merged case says into which case it went."),
            ),
            models.CheckConstraint(
                name="case_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("uuid")),
                violation_error_message=_("A case cannot be merged into itself."),
            ),
            models.CheckConstraint(
                name="case_withdrawn_agrees_to_nothing",
                condition=Q(consent_withdrawn=False)
                | Q(
                    agrees_to_letter=False,
                    may_be_named_to_state=False,
                    may_be_named_publicly=False,
                    may_be_named_in_press=False,
                ),
                violation_error_message=_("Consent was withdrawn, so nothing can be agreed to any more."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "week"], name="cases_by_state_and_week"),
            models.Index(fields=["expires_on"], name="cases_by_last_day"),
        ]

    def __str__(self):
        return self.ref

    @property
    def outcome_label(self):
        return Outcome(self.outcome).label if self.outcome in Outcome.values else self.outcome


class Night(models.Model):
    """A nightly pass over all cases that was done, so that no other process does it again."""

    day = models.DateField(_("day"), unique=True)

    class Meta:
        verbose_name = _("nightly pass")
        verbose_name_plural = _("nightly passes")

    def __str__(self):
        return self.day.isoformat()


class CaseFile(models.Model):
    """A file that came with a case; its name, type and size are sealed."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="files")
    state = models.CharField(_("state"), max_length=14, choices=FileState)
    about = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.SET_NULL, related_name="+")
    cleaned = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.SET_NULL, related_name="+")
    original = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("file of a case")
        verbose_name_plural = _("files of cases")

    def __str__(self):
        return str(self.uuid)


class DisclosureRequest(models.Model):
    """An officer asks a custodian for single records of the identity compartment (sealed_cases.md 7.5)."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="disclosure_requests"
    )
    records = models.ManyToManyField("vault.SealedRecord", verbose_name=_("records"), related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField(_("asked on"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=10, choices=DisclosureState, default=DisclosureState.ASKED)
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    reason = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DisclosureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for disclosure")
        verbose_name_plural = _("requests for disclosure")
        ordering = ["-asked_on"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_answered_by_another",
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
                violation_error_message=_("Whoever asks for a disclosure cannot answer it."),
            ),
            models.CheckConstraint(
                name="disclosure_given_has_its_last_day",
                condition=~Q(state=DisclosureState.GIVEN) | Q(expires_on__isnull=False, answered_by__isnull=False),
                violation_error_message=_("A disclosure that is given says by whom and until when."),
            ),
        ]

    def __str__(self):
        return f"{self.case} {self.get_state_display()}"
