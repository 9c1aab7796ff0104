from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visits.recommendations.addresses import validate_web
from visits.recommendations.enums import (
    UpdateState,
)
from visits.recommendations.querysets import PublicUpdateQuerySet


class PublicUpdate(models.Model):
    """ "Tell us what changed": a word from civil society, read by staff before anybody sees it.

    Nothing says who sent it: no address, no network, no hour. Words that are not taken up are erased when that is
    decided, since they may name people. It is no complaint; those go through the sealed door under /submit/.
    """

    recommendation = models.ForeignKey(
        "visits.Recommendation", verbose_name=_("recommendation"), on_delete=models.PROTECT, related_name="updates"
    )
    text = models.TextField(_("what changed"), blank=True)
    url = models.CharField(_("public page that shows it"), blank=True, max_length=300, validators=[validate_web])
    organisation = models.CharField(_("organization"), max_length=120, blank=True)
    happened_on = models.DateField(_("when it changed"), null=True, blank=True)
    language = models.CharField(_("language of the page"), max_length=10, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=UpdateState, default=UpdateState.WAITING, editable=False
    )
    received_on = models.DateField(_("received on"), editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("read by"), null=True, editable=False, on_delete=models.PROTECT
    )
    decided_on = models.DateField(_("decided on"), null=True, editable=False)

    objects = PublicUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update from the public")
        verbose_name_plural = _("updates from the public")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="publicupdate_decision_is_complete",
                condition=Q(state=UpdateState.WAITING, decided_by=None, decided_on=None)
                | ~Q(state=UpdateState.WAITING) & Q(decided_by__isnull=False, decided_on__isnull=False),
                violation_error_message=_("A decision on an update names who took it and when."),
            ),
            models.CheckConstraint(
                name="publicupdate_declined_words_are_erased",
                condition=~Q(state=UpdateState.DECLINED) | Q(text="", url="", organisation=""),
                violation_error_message=_("The words of an update that is not taken up are erased."),
            ),
        ]
        indexes = [models.Index(fields=["state"], name="publicupdates_by_state")]

    def __str__(self):
        return gettext("Update %(number)d") % {"number": self.pk or 0}
