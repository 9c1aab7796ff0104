from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dissemination.enums import DraftState
from dissemination.languages import validate_language
from dissemination.outgoing import Outgoing, approval_constraints, counted_as
from dissemination.press.enums import IN_A_MEDIUM, PressKind


class PressItem(Outgoing):
    """A release, statement, interview or op-ed on its way out; once out it is one output, whatever its languages."""

    kind = models.CharField(_("kind"), max_length=20, choices=PressKind, default=PressKind.RELEASE)
    medium = models.CharField(
        _("medium"), max_length=200, blank=True, help_text=_("For an interview or an opinion article: who brings it.")
    )
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("Geneva time. It cannot be marked as out before.")
    )
    output = counted_as("press_item")

    class Meta:
        verbose_name = _("press item")
        verbose_name_plural = _("press items")
        ordering = ["-planned_for", "-pk"]
        constraints = [
            *approval_constraints("pressitem"),
            models.CheckConstraint(
                name="pressitem_in_a_medium_names_it",
                condition=~Q(kind__in=IN_A_MEDIUM) | ~Q(medium=""),
                violation_error_message=_("Say which medium brings the interview or the article."),
            ),
            models.CheckConstraint(
                name="pressitem_out_is_counted",
                condition=Q(state=DraftState.OUT, output__isnull=False)
                | ~Q(state=DraftState.OUT) & Q(output__isnull=True),
                violation_error_message=_("A press item that is out is counted as one output; any other is not."),
            ),
        ]

    def missing(self):
        """What it still lacks before it can leave, as a sentence."""
        texts = list(self.texts.all())
        if self.kind not in IN_A_MEDIUM and not any(text.body for text in texts):
            return gettext("Write the text in one language at least, then hand it in.")
        return ""


class PressText(models.Model):
    item = models.ForeignKey(PressItem, verbose_name=_("press item"), on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(
        _("language"), max_length=3, validators=[validate_language], help_text=_("A code, for example es.")
    )
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("text"), blank=True)
    url = models.URLField(_("address once it is out"), blank=True)

    class Meta:
        verbose_name = _("language version")
        verbose_name_plural = _("language versions")
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "language"],
                name="presstext_once_a_language",
                violation_error_message=_("There is a version in this language already; change that one."),
            )
        ]

    def __str__(self):
        return self.title
