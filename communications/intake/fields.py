"""Fields of the public form. None is required: what is missing is said by the coach, never by a refusal."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONG, SHORT, LINE = 30_000, 5_000, 300
NO_ANSWER = _("No answer")
UNTIDY = _("Something in this text cannot be read, such as half of an emoji. Remove it; the rest is kept.")


def refuse_what_cannot_be_kept(text):
    """NUL and halves of surrogate pairs; control of direction stays, and is shown to staff."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(UNTIDY, code="surrogate") from error
    if "\x00" in text:
        raise ValidationError(UNTIDY, code="nul")


class TextField(forms.CharField):
    """`most` counts characters on the server; a browser that cut the text silently would lose part of a story."""

    default_validators = [refuse_what_cannot_be_kept]

    def __init__(self, label, *, most=LONG, rows=4, help_text="", **kwargs):
        widget = kwargs.pop("widget", None) or forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(label=label, help_text=help_text, required=False, widget=widget, **kwargs)
        self.most = most
        # Django's own check of NUL says it in other words.
        self.validators = [refuse_what_cannot_be_kept]

    def validate(self, value):
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(
                _("This text has %(length)s characters and %(most)s fit. Shorten it, or send it as a file."),
                code="too_long",
                params={"length": len(value), "most": self.most},
            )


class LineField(TextField):
    def __init__(self, label, *, help_text="", autocomplete="off", kind="text", **kwargs):
        attrs = {"dir": "auto", "autocomplete": autocomplete}
        widget = forms.TextInput(attrs=attrs)
        widget.input_type = kind
        super().__init__(label, most=LINE, help_text=help_text, widget=widget, **kwargs)


class OneOf(forms.ChoiceField):
    """A few answers under each other."""

    def __init__(self, label, choices, *, help_text="", **kwargs):
        super().__init__(
            label=label, choices=choices, help_text=help_text, required=False, widget=forms.RadioSelect, **kwargs
        )


class Picked(forms.ChoiceField):
    """One answer out of a list that opens; the empty first line is an answer as well."""

    def __init__(self, label, choices, *, help_text="", empty=NO_ANSWER, **kwargs):
        super().__init__(label=label, choices=[("", empty), *choices], help_text=help_text, required=False, **kwargs)


class Several(forms.MultipleChoiceField):
    """A long list that nobody has to read: the page keeps it folded."""

    folded = True

    def __init__(self, label, choices, *, help_text=""):
        super().__init__(
            label=label, choices=choices, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
        )


class Tick(forms.BooleanField):
    def __init__(self, label, *, help_text=""):
        super().__init__(label=label, help_text=help_text, required=False)
