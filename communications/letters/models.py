"""What a letter is made of before it goes out: its cases, its template, its norms; and views that people keep."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communications.cases.models import Case
from communications.enums import Language, LetterKind


class LetterCase(models.Model):
    """One letter speaks of several cases, and one case of several letters. Only keys: what is said lies sealed."""

    letter = models.ForeignKey(
        "communications.Letter", verbose_name=_("letter"), on_delete=models.CASCADE, related_name="letter_cases"
    )
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="letter_cases")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("case of a letter")
        verbose_name_plural = _("cases of a letter")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "case"],
                name="lettercase_once",
                violation_error_message=_("This case is in the letter already."),
            )
        ]

    def __str__(self):
        return f"{self.letter_id}: {self.case}"


class NamingOverride(models.Model):
    """Naming somebody without their consent: one person asks with a sealed reason, another agrees (R4)."""

    letter = models.OneToOneField(
        "communications.Letter", verbose_name=_("letter"), on_delete=models.PROTECT, related_name="override"
    )
    version = models.PositiveSmallIntegerField(_("for version"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField(_("asked on"))
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("agreed by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_on = models.DateField(_("agreed on"), null=True)

    class Meta:
        verbose_name = _("naming without consent")
        verbose_name_plural = _("naming without consent")
        constraints = [
            models.CheckConstraint(
                name="namingoverride_agreed_by_another",
                condition=Q(agreed_by=None, agreed_on=None)
                | Q(agreed_by__isnull=False, agreed_on__isnull=False) & ~Q(agreed_by=F("asked_by")),
                violation_error_message=_("Whoever asks to name somebody without consent cannot agree to it alone."),
            )
        ]

    def __str__(self):
        return f"{self.letter_id}: {self.version}"


class LetterTemplate(models.Model):
    """The text a letter of one type in one language starts from; `$allegations` and the like are filled in."""

    FIELDS = {"addressee", "capacities", "of_capacities", "allegations", "legal", "date", "reply_days"}

    kind = models.CharField(_("type"), max_length=2, choices=LetterKind)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("template of a letter")
        verbose_name_plural = _("templates of letters")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                name="lettertemplate_once_per_kind_and_language",
                violation_error_message=_("There is a template for this type and language. Change that one."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.get_language_display()}"

    def clean(self):
        from communications.letters.merging import problems_of

        if said := problems_of(self.body):
            raise ValidationError({"body": said})


class Norm(models.Model):
    """A provision that letters cite, with a paragraph on what it protects, in our own words."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    instrument = models.CharField(_("instrument"), max_length=200)
    provision = models.CharField(_("provision"), max_length=60, blank=True, help_text=_("For example: art. 17"))
    is_binding = models.BooleanField(
        _("binding on States parties"), default=True, help_text=_("Off for declarations, resolutions and guidance.")
    )
    text_en = models.TextField(_("paragraph in English"))
    text_fr = models.TextField(_("paragraph in French"), blank=True)
    text_es = models.TextField(_("paragraph in Spanish"), blank=True)
    source = models.CharField(
        _("source"), max_length=200, help_text=_("Where the text is published, for example a document symbol.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ["order", "code"]

    def __str__(self):
        return f"{self.instrument}, {self.provision}" if self.provision else self.instrument

    def text_in(self, language: str) -> str:
        """The paragraph in that language; in English where it was not translated yet."""
        return getattr(self, f"text_{language}", "") or self.text_en


class SavedView(models.Model):
    """A filter of the list of letters under a name of one's own; nobody else sees it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="letter_views"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filter"), max_length=500)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="savedview_name_once_per_person",
                violation_error_message=_("You have a view of this name already. Choose another name."),
            )
        ]

    def __str__(self):
        return self.name
