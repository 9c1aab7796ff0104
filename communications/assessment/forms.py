from django import forms
from django.utils.translation import gettext_lazy as _

from communications.assessment.enums import QUESTIONS, Answer
from communications.desk.forms import CaseForm, long_text


class AssessForm(CaseForm):
    question = forms.ChoiceField(label=_("Question"), choices=QUESTIONS)
    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)
    why = long_text(_("Why"), rows=4, help_text=_("Sealed into the case. The answer alone is readable."))
