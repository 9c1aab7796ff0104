"""The page that takes a CSV in: looked at first, with errors by row, imported only by a second press."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dissemination.tables import Table, TableRefused, csv_response, decode, take_in


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        required=False,
        help_text=gettext_lazy("UTF-8; commas, semicolons or tabs between the cells."),
    )
    text = forms.CharField(
        label=gettext_lazy("or the table as text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 100, "dir": "auto", "spellcheck": "false"}),
    )

    def clean(self):
        data = super().clean()
        if data.get("file"):
            try:
                data["text"] = decode(data["file"].read())
            except TableRefused as refused:
                raise forms.ValidationError(str(refused)) from refused
        if not (data.get("text") or "").strip():
            raise forms.ValidationError(_("Choose a file, or paste the table."))
        return data


class ImportMixin:
    table: Table
    change_list_template = "dissemination/import_change_list.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        own = [
            path("import/", view(self.import_view), name=f"{name}_import"),
            path("import/empty.csv", view(self.empty_table_view), name=f"{name}_import_empty"),
        ]
        return own + super().get_urls()

    def _may_import(self, request):
        """By the right to add what the table holds, which need not be the rows of this list."""
        opts = self.table.model._meta
        return request.user.has_perm(f"{opts.app_label}.add_{opts.model_name}")

    def changelist_view(self, request, extra_context=None):
        opts = f"{self.opts.app_label}_{self.opts.model_name}"
        url = reverse(f"admin:{opts}_import") if self._may_import(request) else ""
        return super().changelist_view(request, {"import_url": url} | (extra_context or {}))

    def empty_table_view(self, request):
        if not self._may_import(request):
            raise PermissionDenied(_("Your role does not import rows. Ask a desk officer."))
        return csv_response(f"{self.table.name}.csv", self.table.columns, [])

    def import_view(self, request):
        if not self._may_import(request):
            raise PermissionDenied(_("Your role does not import rows. Ask a desk officer."))
        form = ImportForm(request.POST or None, request.FILES or None)
        outcome = None
        if request.method == "POST" and form.is_valid():
            outcome = self._take_in(request, form, dry_run="import" not in request.POST)
            if outcome and "import" in request.POST and not outcome.errors:
                self._tell(request, outcome)
                return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
            # What was read stands in the field again: a chosen file is not sent twice by a browser.
            kept = form
            form = ImportForm(initial={"text": form.cleaned_data["text"]})
            form.complaints = kept.non_field_errors()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import"),
            "opts": self.opts,
            "form": form,
            "table": self.table,
            "holds": self.table.model._meta.verbose_name_plural,
            "outcome": outcome,
        }
        return TemplateResponse(request, "dissemination/import.html", context)

    def _take_in(self, request, form, *, dry_run):
        try:
            return take_in(self.table, form.cleaned_data["text"], by=request.user, dry_run=dry_run)
        except TableRefused as refused:
            form.add_error(None, str(refused))
        return None

    def _tell(self, request, outcome):
        made = ngettext("%(number)d row is imported.", "%(number)d rows are imported.", outcome.made)
        self.message_user(request, made % {"number": outcome.made}, messages.SUCCESS)
