"""A file is looked at first: what is new, what changes, what is wrong in which row. Then it is taken in, or not."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import ReadOnlyAdmin
from visits.admin.columns import REFUSALS
from visits.recommendations import permissions
from visits.recommendations.importing import FileRefused
from visits.recommendations.importing.files import finish, forget, look_at
from visits.recommendations.models import RecommendationImport

MEGABYTES = 20


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        help_text=gettext_lazy(
            "Our own columns, as an export has them, or an export of the Universal Human Rights Index. "
            "Nothing is written yet: the next page says what would happen."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if problem := getattr(file, "problem", None):
            raise forms.ValidationError(problem)
        if file.size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than %(most)d MB. Split it.") % {"most": MEGABYTES})
        return file


class TakeInForm(forms.Form):
    show = forms.BooleanField(
        label=gettext_lazy("Show new rows to the public, where their source is public"), required=False
    )


act = {"may": permissions.may_import, "refusals": (*REFUSALS, FileRefused)}


@admin.register(RecommendationImport)
class RecommendationImportAdmin(ActsMixin, ReadOnlyAdmin):
    list_display = ["name", "at", "by", "counts", "done_at"]
    list_select_related = ["by"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["name"]
    fields = readonly_fields = ["name", "sha256", "by", "at", "counts", "done_at", "complaints"]
    change_list_template = "visits/recommendations/admin_imports.html"
    acts = [
        Act(
            "take-in",
            label=gettext_lazy("Take in"),
            question=gettext_lazy("Write all rows of this file?"),
            done=gettext_lazy("All rows are taken in."),
            do=finish,
            form=TakeInForm,
            offered=lambda file: bool(file.content) and not file.outcome.get("refused"),
            **act,
        ),
        Act(
            "forget",
            label=gettext_lazy("Do not take in"),
            question=gettext_lazy("Forget the content of this file? What was found stays in the list:"),
            done=gettext_lazy("The content of the file is gone; nothing was taken in."),
            do=forget,
            offered=lambda file: bool(file.content),
            **act,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def get_urls(self):
        own = path("look/", self.admin_site.admin_view(self.look), name="visits_recommendationimport_look")
        return [own, *super().get_urls()]

    def look(self, request):
        if not (decision := permissions.may_import(request.user)):
            raise PermissionDenied(decision.reason)
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and (found := self._judged(request, form)):
            return HttpResponseRedirect(reverse("admin:visits_recommendationimport_change", args=[found.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Read a file of recommendations"),
            "opts": self.opts,
            "form": form,
            "rows": settings.IMPORT_ROWS,
        }
        return TemplateResponse(request, "visits/recommendations/admin_look.html", context)

    def _judged(self, request, form):
        file = form.cleaned_data["file"]
        try:
            found = look_at(b"".join(file.chunks()), name=file.name, by=request.user)
        except FileRefused as refused:
            form.add_error("file", str(refused))
            return None
        if found.outcome["refused"]:
            self.message_user(
                request, _("Some rows cannot be read, so nothing can be taken in yet."), messages.WARNING
            )
        return found

    @admin.display(description=gettext_lazy("what was found"))
    def counts(self, file):
        words = {key: file.outcome.get(key, 0) for key in ("new", "changed", "same", "refused", "passed_over")}
        return (
            _(
                "%(new)d new, %(changed)d changed, %(same)d as they are, %(refused)d refused, "
                "%(passed_over)d of others passed over"
            )
            % words
        )

    @admin.display(description=gettext_lazy("what is wrong"))
    def complaints(self, file):
        sentences = [
            (_("row %(row)d, %(column)s") % complaint, complaint["sentence"])
            for complaint in file.outcome.get("complaints", [])
        ]
        if unknown := file.outcome.get("unknown"):
            sentences.append((_("columns nobody reads"), ", ".join(unknown)))
        if not sentences:
            return _("Nothing.")
        return format_html("<ul>{}</ul>", format_html_join("", "<li><strong>{}</strong>: {}</li>", sentences))
