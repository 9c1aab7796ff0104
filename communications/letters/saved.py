"""Filters of the list of letters that a person keeps under a name, and letters given over many at a time."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from communications.desk.permissions import officers
from communications.letters import bulk
from communications.letters.board import may_read
from communications.models import Letter, SavedView
from communications.services import audit_label
from iesogi.audit import services as audit

# Of a page, not of a filter.
UNKEPT = {"p", "e", "_popup", "_to_field"}
LIST = "admin:communications_letter_changelist"


def cleaned(query: str) -> str:
    """The filter alone, written anew, so that nothing else comes into a link."""
    given = QueryDict(query[:500], mutable=True)
    for name in UNKEPT:
        given.pop(name, None)
    return given.urlencode()


@require_POST
def save(request):
    """A view of the same name takes the new filter."""
    may_read(request)
    query = cleaned(request.POST.get("query", ""))
    view = SavedView(user=request.user, name=request.POST.get("name", "").strip(), query=query)
    try:
        view.clean_fields()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        SavedView.objects.update_or_create(user=view.user, name=view.name, defaults={"query": query})
        messages.success(request, _("The view “%(name)s” is saved for you.") % {"name": view})
    address = redirect(LIST)
    address["Location"] += f"?{query}" if query else ""
    return address


@require_POST
def forget(request, pk):
    """Only one's own: anybody else's is not there."""
    may_read(request)
    get_object_or_404(SavedView, pk=pk, user=request.user).delete()
    messages.success(request, _("The view is gone. The letters are where they were."))
    return redirect(LIST)


class OwnerForm(forms.Form):
    owner = forms.ChoiceField(label=gettext_lazy("Give these letters to"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in officers()}
        self.fields["owner"].choices = [(pk, str(user)) for pk, user in self.people.items()]

    def clean_owner(self):
        return self.people[self.cleaned_data["owner"]]


@admin.action(description=gettext_lazy("Give to a person in charge"), permissions=["change"])
def assign(modeladmin, request, queryset):
    """A page asks to whom; each letter keeps a trace of its own."""
    letters = bulk.chosen(modeladmin, request, queryset)
    if letters is None:
        return None
    form = OwnerForm(request.POST if bulk.DO in request.POST else None)
    if form.is_bound and form.is_valid():
        count = give(letters, to=form.cleaned_data["owner"], by=request.user)
        said = ngettext("%(count)s letter given over.", "%(count)s letters given over.", count)
        modeladmin.message_user(request, said % {"count": count}, messages.SUCCESS)
        return None
    title, template = _("Give to a person in charge"), "communications/letters/assign.html"
    return bulk.page(request, template, title=title, action="assign", letters=letters, form=form)


@transaction.atomic
def give(letters, *, to, by) -> int:
    rows = list(
        Letter.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in letters]).order_by("pk")
    )
    for letter in rows:
        letter.owner = to
        letter.save(update_fields=["owner"])
        audit.record(by=by, verb="letter.assigned", target=letter, label=audit_label(letter), to=to.username)
    return len(rows)
