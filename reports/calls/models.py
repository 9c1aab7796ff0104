"""A call for inputs, what it asks in up to three languages, and until when (WP 2021-2023 para 19; domain.md 3)."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from iesogi.reference.models.figures import Figure
from reports.calls.codes import new_code
from reports.calls.enums import CALL_LANGUAGES, CallState, Category, Part, QuestionKind
from reports.calls.querysets import CallQuerySet, LateLinkQuerySet, QuestionQuerySet
from reports.calls.zones import validate_zone

# More than anybody answers. The order of a question is its number, so the database keeps the limit as well.
MOST_QUESTIONS = 60
# Addresses below /calls/ that are no call.
RESERVED = {"return", "receipt"}


def validate_code(code):
    if code in RESERVED:
        raise ValidationError(_("This name belongs to a page of the portal. Choose another one."))


class Call(models.Model):
    code = models.SlugField(
        _("name in the address"),
        max_length=60,
        unique=True,
        validators=[validate_code],
        help_text=_("Stands in the address of the page, for example colonialism-2027."),
    )
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.DRAFT)
    report = models.ForeignKey(
        "reports.Report",
        verbose_name=_("report"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="calls",
        help_text=_("What the contributions are for."),
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True, help_text=_("Empty: as soon as published."))
    closes_at = models.DateTimeField(
        _("closes at"), null=True, blank=True, help_text=_("As the clock shows it in the zone below.")
    )
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/Zurich",
        validators=[validate_zone],
        help_text=_("In which the times are stated, for example Europe/Zurich or America/New_York."),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    word_limit = models.PositiveIntegerField(
        _("words in all"),
        null=True,
        blank=True,
        default=2500,
        validators=[MinValueValidator(1), MaxValueValidator(50_000)],
        help_text=_("Of all answers together; empty for no limit."),
    )
    only_documents = models.BooleanField(
        _("only documents"), default=True, help_text=_("Files must be Word, OpenDocument, PDF or plain text.")
    )
    contact_email = models.EmailField(_("address for questions"), blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("For the team."))
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for inputs")
        verbose_name_plural = _("calls for inputs")
        ordering = ["-closes_at", "code"]
        constraints = [
            models.CheckConstraint(
                name="call_published_says_until_when",
                condition=~Q(state=CallState.PUBLISHED) | Q(closes_at__isnull=False),
                violation_error_message=_("A call that is open says until when. Enter the closing time."),
            ),
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("A call closes after it opens. Check both times."),
            ),
            models.CheckConstraint(
                name="call_state_is_known",
                condition=Q(state__in=sorted(CallState.values)),
                violation_error_message=_("A call is a draft, published or closed."),
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("calls:detail", kwargs={"code": self.code})

    @property
    def text(self):
        """In the language of the page, else in English, else what there is; out of what was prefetched."""
        by_language = {text.language: text for text in self.texts.all()}
        found = by_language.get((get_language() or "en")[:2]) or by_language.get("en")
        return found or next(iter(by_language.values()), None)

    @property
    def title(self):
        return self.text.title if self.text else self.code


class CallText(models.Model):
    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5, choices=CALL_LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=300)
    purpose = models.TextField(
        _("purpose"), blank=True, help_text=_("For which report and forum. An empty line begins a paragraph.")
    )
    background = models.TextField(_("background"), blank=True)
    use = models.TextField(_("how contributions are used"), blank=True)

    class Meta:
        verbose_name = _("text of a call")
        verbose_name_plural = _("texts of calls")
        ordering = ["call", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "language"],
                name="calltext_once_a_language",
                violation_error_message=_("There is a text in this language already; change that one."),
            ),
            models.CheckConstraint(
                name="calltext_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("Give the call a title in this language."),
            ),
        ]

    def __str__(self):
        return self.title


class Question(models.Model):
    """One question, in English and where there is one in French and Spanish; choices stand one on a line."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(
        _("number"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_QUESTIONS)]
    )
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind, default=QuestionKind.LONG)
    required = models.BooleanField(_("must be answered"), default=False)
    word_limit = models.PositiveIntegerField(
        _("words"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(20_000)]
    )
    text_en = models.TextField(_("question in English"), max_length=1000)
    text_fr = models.TextField(_("question in French"), max_length=1000, blank=True)
    text_es = models.TextField(_("question in Spanish"), max_length=1000, blank=True)
    choices_en = models.TextField(_("choices in English"), max_length=2000, blank=True, help_text=_("One on a line."))
    choices_fr = models.TextField(_("choices in French"), max_length=2000, blank=True)
    choices_es = models.TextField(_("choices in Spanish"), max_length=2000, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["call", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "order"],
                name="question_number_once_in_a_call",
                violation_error_message=_("Another question has this number. Give it the next one."),
            ),
            models.CheckConstraint(
                name="question_number_within_the_limit",
                condition=Q(order__gte=1, order__lte=MOST_QUESTIONS),
                violation_error_message=_("A call has at most 60 questions, numbered from 1."),
            ),
            models.CheckConstraint(
                name="question_says_something",
                condition=~Q(text_en=""),
                violation_error_message=_("Write the question in English; other languages fall back to it."),
            ),
            models.CheckConstraint(
                name="question_choices_belong_to_a_choice",
                condition=Q(kind=QuestionKind.CHOICE) & ~Q(choices_en="")
                | ~Q(kind=QuestionKind.CHOICE) & Q(choices_en=""),
                violation_error_message=_("A choice has its answers one on a line, and no other question has any."),
            ),
            models.CheckConstraint(
                name="question_words_belong_to_a_text",
                condition=Q(word_limit=None) | Q(kind__in=["long", "text"]),
                violation_error_message=_("Only an answer in words has a word limit."),
            ),
        ]

    def __str__(self):
        return f"{self.order}. {self.text_en[:80]}"

    def clean(self):
        lines = {language: self._lines(language) for language, _label in CALL_LANGUAGES}
        uneven = [each for each in lines.values() if each and len(each) != len(lines["en"])]
        if self.kind == QuestionKind.CHOICE and (uneven or len(lines["en"]) < 2):
            raise ValidationError(_("A choice has two answers or more, and as many in each language."))

    def _lines(self, language):
        return [line.strip() for line in getattr(self, f"choices_{language}").splitlines() if line.strip()]

    def text_in(self, language):
        return getattr(self, f"text_{language}", "") or self.text_en

    def choices_in(self, language):
        """(code, words): the code is the place of the answer, the same in every language."""
        lines = (self._lines(language) if language in dict(CALL_LANGUAGES) else []) or self._lines("en")
        return [(str(number), line) for number, line in enumerate(lines, 1)]

    @property
    def text(self):
        return self.text_in((get_language() or "en")[:2])


class CategoryDeadline(models.Model):
    """Another closing time for one category, such as States (domain.md 3: unconfirmed, so a setting of the call)."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="deadlines")
    category = models.CharField(_("category"), max_length=20, choices=Category)
    closes_at = models.DateTimeField(_("closes at"))

    class Meta:
        verbose_name = _("closing time of a category")
        verbose_name_plural = _("closing times of categories")
        ordering = ["call", "closes_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "category"],
                name="categorydeadline_once_a_category",
                violation_error_message=_("This category has a closing time already; change that one."),
            )
        ]

    def __str__(self):
        return self.get_category_display()


class LateLink(models.Model):
    """Lets somebody in after closing: as many times, and until when, as it says."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="late_links")
    code = models.CharField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    expires_at = models.DateTimeField(_("good until"))
    uses = models.PositiveSmallIntegerField(
        _("uses"), default=1, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    used = models.PositiveSmallIntegerField(_("used"), default=0, editable=False)
    note = models.CharField(_("note"), max_length=300, help_text=_("For whom, and why."))

    objects = LateLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("late link")
        verbose_name_plural = _("late links")
        ordering = ["call", "pk"]
        constraints = [
            models.CheckConstraint(
                name="latelink_used_no_more_than_it_has",
                condition=Q(used__lte=F("uses")),
                violation_error_message=_("This code is used up."),
            ),
            models.CheckConstraint(
                name="latelink_has_uses",
                condition=Q(uses__gte=1),
                violation_error_message=_("A code has a use or more."),
            ),
            models.CheckConstraint(
                name="latelink_has_a_note",
                condition=~Q(note=""),
                violation_error_message=_("Say for whom the code is, and why."),
            ),
        ]

    def __str__(self):
        return self.code


class CallFigure(Figure):
    """How many contributions a report says it had, where they came before this portal (WP 2021-2023 paras 39, 45)."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="figures")
    part = models.CharField(_("part"), max_length=20, choices=Part)
    printed = models.CharField(_("as printed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("printed figure of a call")
        verbose_name_plural = _("printed figures of calls")
        ordering = ["call", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "part"],
                name="callfigure_once_a_part",
                violation_error_message=_("This figure is recorded already; change that one."),
            )
        ]

    def __str__(self):
        return f"{self.call}: {self.get_part_display()}"
