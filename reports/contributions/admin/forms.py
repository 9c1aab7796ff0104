"""What staff type when they judge a contribution."""

from django import forms
from django.utils.translation import gettext_lazy

from iesogi.accounts.models import User
from reports.contributions.enums import WhyNotRelevant
from reports.contributions.tags import Tag


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=WhyNotRelevant.choices)


class MailForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea, max_length=10_000)


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Owner"),
        queryset=User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "username"),
        required=False,
        help_text=gettext_lazy("Empty: nobody."),
    )


class QuoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Words"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=3000,
        help_text=gettext_lazy("As they stand in the answer."),
    )
    used_in = forms.CharField(
        label=gettext_lazy("For which part of the report"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For example: paragraph 34."),
    )


class TagsForm(forms.Form):
    tags = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Tags"),
        queryset=Tag.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The list stands on the page of the call."),
    )

    def of(self, row):
        self.fields["tags"].queryset = row.call.tags.all()
        self.fields["tags"].initial = row.tags.all()


class TagForm(forms.Form):
    tag = forms.ModelChoiceField(label=gettext_lazy("Tag"), queryset=Tag.objects.none())

    def of(self, rows):
        self.fields["tag"].queryset = Tag.objects.filter(call__in={row.call_id for row in rows})
