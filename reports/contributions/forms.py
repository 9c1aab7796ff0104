"""The form of a call, made of its questions. Files come last, so that one too large costs no text."""

from collections.abc import Sequence

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from iesogi.reference.models import Country
from iesogi.vault.enums import IfUncleanable
from iesogi.vault.files import Incoming
from iesogi.vault.gate import GateMixin
from iesogi.vault.number_forms import LONGEST, FilesField, NumberField
from iesogi.vault.unfinished import KeptFile, NewFile
from iesogi.vault.uploads import judged_beside
from reports.calls.enums import Category, QuestionKind
from reports.calls.models import Call, Question
from reports.contributions.enums import ContributionLanguage, Publication
from reports.contributions.kinds import problem_with
from reports.contributions.texts import one_line, words_in

SHORT = 1000
NONE = "-"  # an empty value of a radio button would come back as “on”


class LineField(forms.CharField):
    """A name: one line, read in one direction."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
        super().__init__(max_length=300, required=False, **kwargs)

    def to_python(self, value):
        return one_line(super().to_python(value))


class WordLimit:
    """Counts on the server; a browser that cut silently would lose the end of an answer."""

    def __init__(self, limit: int):
        self.limit = limit

    def __call__(self, value):
        if (count := words_in(value)) > self.limit:
            raise forms.ValidationError(too_many_words(count, self.limit))


def too_many_words(count: int, limit: int) -> str:
    over = ngettext("%(over)d word too many", "%(over)d words too many", count - limit) % {"over": count - limit}
    return _("This has %(count)d words and %(limit)d fit: %(over)s. Shorten it; nothing was cut.") % {
        "count": count,
        "limit": limit,
        "over": over,
    }


def field_of(question: Question, language: str) -> forms.Field:
    common = {"label": f"{question.order}. {question.text_in(language)}", "required": question.required}
    if question.kind == QuestionKind.FILE:
        return FilesField(**common)
    if question.kind == QuestionKind.CHOICE:
        choices = question.choices_in(language)
        if not question.required:
            choices = [(NONE, _("No answer")), *choices]
        return forms.ChoiceField(choices=choices, initial=NONE, widget=forms.RadioSelect, **common)
    is_long = question.kind == QuestionKind.LONG
    limit = question.word_limit
    most = max(LONGEST if is_long else SHORT, (limit or 0) * 12)
    rows = {"rows": 8 if is_long else 2, "dir": "auto"}
    help_text = (
        ngettext("At most %(limit)d word.", "At most %(limit)d words.", limit) % {"limit": limit} if limit else ""
    )
    validators = [MaxLengthValidator(most), *([WordLimit(limit)] if limit else [])]
    return forms.CharField(widget=forms.Textarea(attrs=rows), help_text=help_text, validators=validators, **common)


class AnswersForm(forms.Form):
    """Fields of questions are called q1, q2 and so on, after the question's number."""

    FIRST = ["category", "country", "name", "cosigners", "language"]
    LAST = ["publication", "email"]
    OF_THE_PAGE = {"token", "edition", "number", "since", "website"}

    category = forms.ChoiceField(
        label=gettext_lazy("You write as"), choices=[("", gettext_lazy("Choose one")), *Category.choices]
    )
    country = forms.ModelChoiceField(
        label=gettext_lazy("State"),
        queryset=Country.objects.none(),
        to_field_name="iso3",
        required=False,
        empty_label=gettext_lazy("None, or not said"),
        help_text=gettext_lazy("Where you are, or what you write about. The team can read it in lists."),
    )
    name = LineField(
        label=gettext_lazy("Your name, or that of your organization"),
        help_text=gettext_lazy("Needed only if it may be published with your name."),
    )
    cosigners = forms.CharField(
        label=gettext_lazy("Others who sign this with you"),
        required=False,
        validators=[MaxLengthValidator(5000)],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("One on a line. Ask each of them before you send."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of your answers"), choices=ContributionLanguage.choices)
    publication = forms.ChoiceField(
        label=gettext_lazy("May it be published?"),
        choices=Publication.choices,
        initial=Publication.CONFIDENTIAL,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "Not needed. To a contribution that may be published we confirm by mail. To a confidential one we send "
            "no mail, because a mail shows that you wrote; the team alone can open the address."
        ),
    )

    def __init__(self, *args, call: Call, questions: list[Question], kept: Sequence[KeptFile] = (), **kwargs):
        """`kept` are files that lie on the server already, of a contribution that somebody comes back to."""
        super().__init__(*args, **kwargs)
        self.call, self.questions, self.kept = call, questions, kept
        self.fields["country"].queryset = Country.objects.in_page_order()
        page_language = (get_language() or "en")[:2]
        self.fields["language"].initial = page_language
        for question in questions:
            self.fields[name_of(question)] = field_of(question, page_language)
        asked = [name_of(each) for each in questions if each.kind != QuestionKind.FILE]
        files = [name_of(each) for each in questions if each.kind == QuestionKind.FILE]
        self.order_fields([*self.FIRST, *asked, *self.LAST, *files])
        for name in {file.about for file in self.staying()} & self.fields.keys():
            self.fields[name].required = False

    def clean_cosigners(self):
        lines = [one_line(line) for line in self.cleaned_data["cosigners"].splitlines()]
        return "\n".join(line for line in lines if line)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("publication") == Publication.PUBLIC and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("To publish it with your name, say the name. Or choose “without my name”."))
        if self.call.word_limit and (count := words_in(" ".join(self.texts().values()))) > self.call.word_limit:
            self.add_error(None, _("All answers together: %s") % too_many_words(count, self.call.word_limit))
        if not any(self.texts().values()) and not self.uploads() and not self.staying() and not self.errors:
            self.add_error(None, _("There is nothing to send yet. Answer one question or more."))
        beside = dict(judged_beside(self.staying(), [upload for upload, _question in self.uploads()]))
        for upload, question in self.uploads():
            problem = beside[upload] or (self.call.only_documents and problem_with(upload))
            if problem:
                self.add_error(name_of(question), problem)
        return cleaned

    def typed(self) -> dict[str, str]:
        """As it was typed, right or wrong; what belongs to this page alone, and files, left out."""
        names = [name for name, field in self.fields.items() if not isinstance(field, FilesField)]
        return {name: self.data[name] for name in names if name not in self.OF_THE_PAGE and self.data.get(name)}

    def lying(self) -> list[KeptFile]:
        """Of the files that lie on the server, those that were not taken out."""
        taken_out = self.data.getlist("take_out")
        return [each for each in self.kept if str(each.uuid) not in taken_out]

    def staying(self) -> list[KeptFile]:
        """And that no new one of the same name replaces."""
        new = {(name, upload.name) for name in self.files for upload in self.files.getlist(name) if not upload.problem}
        return [each for each in self.lying() if (each.about, each.name) not in new]

    def new_files(self) -> tuple[list[NewFile], list[str]]:
        """What can be kept, and a sentence for each that cannot; nothing else of the form is looked at."""
        uploads = {
            upload: name_of(each)
            for each in self.questions
            if each.kind == QuestionKind.FILE
            for upload in self.files.getlist(name_of(each))
        }
        fitting, problems = [], []
        for upload, problem in judged_beside(self.staying(), uploads):
            problem = problem or (self.call.only_documents and problem_with(upload))
            if problem:
                problems.append(problem)
            else:
                fitting.append(NewFile(uploads[upload], upload))
        return fitting, problems

    def texts(self) -> dict[str, str]:
        """Answers in words, by number of the question; a choice is said in its English words."""
        found = {}
        for question in self.questions:
            value = self.cleaned_data.get(name_of(question))
            if question.kind == QuestionKind.FILE or value in {None, "", NONE}:
                continue
            if question.kind == QuestionKind.CHOICE:
                value = dict(question.choices_in("en")).get(value, value)
            found[str(question.order)] = value
        return found

    def uploads(self):
        files = [each for each in self.questions if each.kind == QuestionKind.FILE]
        return [(upload, each) for each in files for upload in self.cleaned_data.get(name_of(each)) or []]

    def incoming(self) -> list[Incoming]:
        """Sealed as they came; a copy without hidden data is made by the team before anything is published."""
        texts = {name_of(each): f"{each.order}. {each.text_en}"[:300] for each in self.questions}
        came = [(upload, name_of(question)) for upload, question in self.uploads()]
        lying = [(each.as_upload(), each.about) for each in self.staying()]
        return [
            Incoming(each, IfUncleanable.KEEP_ORIGINAL, texts.get(name, ""), is_cleaned_later=True)
            for each, name in [*lying, *came]
        ]

    @property
    def had_files(self):
        return any(self.files.values())


class ContributionForm(GateMixin, AnswersForm):
    """The same in public: with the token that keeps it from arriving twice, and a place for a late code."""

    FIRST = ["number", "token", "edition", "word", "since", "website", *AnswersForm.FIRST]
    LAST = [*AnswersForm.LAST, "late"]

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    edition = forms.CharField(widget=forms.HiddenInput, required=False)  # of what was saved, as this page shows it
    word = forms.CharField(widget=forms.HiddenInput, required=False)
    late = forms.CharField(
        label=gettext_lazy("Late code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        help_text=gettext_lazy("Only if the team gave you one, for sending after the call has closed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "number" in self.data:
            self.ask_for_the_number()

    def ask_for_the_number(self):
        """Of a page that a number had opened, and that was open for too long."""
        self.fields["number"] = NumberField(required=False)
        self.order_fields(["number"])


def name_of(question: Question) -> str:
    return f"q{question.order}"
