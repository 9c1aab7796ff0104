"""Acts on one row in the admin: a page that asks, a POST that does it, the permission asked at both.

    class DeadlineAdmin(ActsMixin, AuditedAdmin):
        acts = [Act("extend", label=_("Extend"), question=_("Give this deadline more time?"), done=_("Extended."),
                    may=may_change, do=services.extend, form=ExtendForm, refusals=(DeadlineRefused,))]

The button stands on the change page of whoever may press it. `do(obj, by=user, **form.cleaned_data)` takes the step,
leaves the audit entry, and refuses with a full sentence, which is shown above the form with what was typed kept. If it
returns a response, such as a file, that is what the browser gets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _


def _says(sentence, to):
    return _(sentence) % {"state": to.label}


# A sentence about a state, in the language of whoever reads it: says(gettext_noop("Mark as “%(state)s”"), to)
says = lazy(_says, str)


@dataclass(frozen=True)
class Act:
    name: str
    label: Any
    question: Any
    done: Any
    may: Callable[..., Any]  # a Decision of `accounts.permissions`: truthy, or falsy with a reason
    do: Callable[..., Any]
    form: type[forms.Form] = forms.Form
    offered: Callable[[Any], bool] = lambda obj: True
    refusals: tuple[type[Exception], ...] = ()
    then: Callable[[Any], str] | None = None  # the address that shows what `do` returned; else back to the row
    narrow: Callable[[forms.Form, Any], None] | None = None  # limits what the form offers to what fits the row
    template: str = "admin/act.html"  # one that extends it, where the page shows more than the question
    shows: Callable[[Any], dict[str, Any]] = lambda obj: {}  # what that template takes besides


class ActsMixin:
    acts: list[Act] = []
    change_form_template = "admin/with_acts.html"

    def get_urls(self):
        own = [
            path(
                f"<path:object_id>/{act.name}/",
                self.admin_site.admin_view(partial(self.act_view, act=act)),
                name=self._act_route(act),
            )
            for act in self.acts
        ]
        return own + super().get_urls()

    def _act_route(self, act):
        return f"{self.opts.app_label}_{self.opts.model_name}_{act.name.replace('-', '_')}"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        offered = [act for act in self.acts if obj is not None and act.offered(obj) and act.may(request.user, obj)]
        links = [(act.label, reverse(f"admin:{self._act_route(act)}", args=[obj.pk])) for act in offered]
        context = {"acts": links, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def act_view(self, request, object_id, act):
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        decision = act.may(request.user, obj)
        if not decision:
            raise PermissionDenied(decision.reason)
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        form = act.form(request.POST, request.FILES) if request.method == "POST" else act.form()
        if act.narrow:
            act.narrow(form, obj)
        if self.is_to_be_done(request) and form.is_valid():
            result = self._do(request, obj, act, form)
            if form.is_valid() and isinstance(result, HttpResponseBase):
                return result  # a download
            if form.is_valid():
                self.message_user(request, act.done, messages.SUCCESS)
                return HttpResponseRedirect(act.then(result) if act.then else back)
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "opts": self.opts,
            "original": obj,
            "act": act,
            "form": form,
            "back": back,
            **act.shows(obj),
        }
        return TemplateResponse(request, act.template, context)

    def is_to_be_done(self, request):
        """A POST does the act; a page with a preview answers no while someone only looks."""
        return request.method == "POST"

    def _do(self, request, obj, act, form):
        """What the act returned; a refusal becomes a complaint of the form."""
        try:
            return act.do(obj, by=request.user, **form.cleaned_data)
        except act.refusals as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            form.add_error(None, error.messages)
        return None
