"""What was typed, right or wrong, as questions and words to read."""

from django.utils.translation import gettext as _

from reports.contributions.forms import NONE, ContributionForm

# Of no meaning to anybody who reads what was typed.
SILENT = {*ContributionForm.OF_THE_PAGE, "word", "late"}


def rows_of(form, typed):
    """(question, what was typed), in the order of the form and in its language."""
    return [(_label(form, name), _in_words(form, name, typed[name])) for name in _names(form, typed) if name in typed]


def differing(form, there, here):
    """(question, what was typed there), of the questions that are answered otherwise here."""
    names = [name for name in _names(form, there) if name not in SILENT and _said(there, name) != _said(here, name)]
    return [(_label(form, name), _in_words(form, name, _said(there, name)) or _("No answer")) for name in names]


def _names(form, typed):
    return [*form.fields, *sorted(typed.keys() - form.fields.keys())]


def _said(typed, name):
    words = "\n".join(typed.get(name, "").splitlines()).strip()
    return "" if words == NONE else words


def _label(form, name):
    return form.fields[name].label if name in form.fields else _("A question that is not asked any more")


def _in_words(form, name, value):
    field = form.fields.get(name)
    choices = {str(code): str(words) for code, words in getattr(field, "choices", ()) if str(code)}
    return choices.get(value, value)
