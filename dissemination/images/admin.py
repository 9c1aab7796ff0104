"""Images and booklets, drawn from the findings of a report or uploaded and cleaned."""

from functools import partial

from django import forms
from django.contrib import admin
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dissemination.exceptions import StepRefused
from dissemination.images import booklets, services
from dissemination.images.enums import BookletState, Shape
from dissemination.images.models import Booklet, Picture
from dissemination.permissions import may_change
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.documents.exceptions import DocumentError
from reports.models import Finding

act = partial(Act, may=may_change, refusals=(StepRefused, DocumentError))


class PictureForm(forms.ModelForm):
    """A file for a new image; an image drawn from a finding is chosen by the finding instead."""

    upload = forms.FileField(
        label=gettext_lazy("Upload"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG or WebP. Place, time and device are taken out of the file."),
    )
    from_finding = forms.ModelChoiceField(
        label=gettext_lazy("or draw from a finding"),
        required=False,
        queryset=Finding.objects.none(),
        help_text=gettext_lazy("In the words of the booklet; the description is filled in too."),
    )
    in_shape = forms.ChoiceField(
        label=gettext_lazy("Shape"), required=False, choices=[(shape, shape.label) for shape in Shape][:2]
    )

    class Meta:
        model = Picture
        fields = ["title", "alt", "language", "people", "consent_note", "visit"]
        widgets = {"alt": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.made = None
        if "from_finding" in self.fields:
            self.fields["from_finding"].queryset = Finding.objects.select_related("report")
            self.fields["title"].required = self.fields["alt"].required = False

    def clean(self):
        data = super().clean()
        if self.instance.pk is None:
            self._judge_source(data)
        return data

    def _judge_source(self, data):
        upload, finding = data.get("upload"), data.get("from_finding")
        if bool(upload) == bool(finding):
            raise forms.ValidationError(_("Choose a file or a finding, one of the two."))
        if finding:
            text = finding.text_in(data.get("language", "en"))
            if text is None:
                raise forms.ValidationError(_("The finding has no text yet. Write it first."))
            self._take_words(data, str(finding)[:190], text.read_out)
            return
        for name in ("title", "alt"):
            if not data.get(name):
                self.add_error(name, _("This is needed for an image of your own."))
        try:
            self.made = services.cleaned_upload(upload.read())
        except StepRefused as refused:
            self.add_error("upload", str(refused))

    def _take_words(self, data, title, alt):
        data["title"], data["alt"] = data.get("title") or title, data.get("alt") or alt


@admin.register(Picture)
class PictureAdmin(AuditedAdmin):
    form = PictureForm
    list_display = ["title", "size", "language", "people", "added_at"]
    list_filter = ["people", "shape", "language", "added_at"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["title", "alt"]
    autocomplete_fields = ["visit"]
    words = ["title", "alt", "language", "people", "consent_note", "visit"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", view, name="dissemination_picture_file"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        fields = [*self.words, "look"] if obj else ["upload", "from_finding", "in_shape", *self.words]
        return [(None, {"fields": fields})]

    def get_readonly_fields(self, request, obj=None):
        return ["look"] if obj else []

    def save_model(self, request, obj, form, change):
        if not change and form.cleaned_data.get("from_finding"):
            given = form.cleaned_data
            made = services.draw(
                given["from_finding"], shape=given["in_shape"] or Shape.SQUARE, language=given["language"],
                by=request.user,
            )  # fmt: skip
            made.title, made.alt, made.visit = obj.title, obj.alt, obj.visit
            made.save(update_fields=["title", "alt", "visit"])
            obj.__dict__.update(made.__dict__)
            return
        if not change:
            obj.by = request.user
            services.store(obj, *form.made)
        super().save_model(request, obj, form, change)

    def file_view(self, request, pk):
        """The image itself, for staff who may see the row."""
        picture = self.get_object(request, str(pk))
        if picture is None or not self.has_view_permission(request, picture):
            raise Http404
        response = FileResponse(picture.file.open("rb"), filename=picture.file.name.rpartition("/")[2])
        response["Cache-Control"] = "private, no-store"
        return response

    @admin.display(description=gettext_lazy("size"))
    def size(self, picture):
        return f"{picture.width} × {picture.height}"

    @admin.display(description=gettext_lazy("image"))
    def look(self, picture):
        url = reverse("admin:dissemination_picture_file", args=[picture.pk])
        return format_html('<a href="{}"><img src="{}" alt="{}" width="320"></a>', url, url, picture.alt)


def document_of(booklet):
    return reverse("admin:documents_document_change", args=[booklet.document_id])


@admin.register(Booklet)
class BookletAdmin(ActsMixin, AuditedAdmin):
    list_display = ["title", "report", "language", "state", "wanted_by"]
    list_filter = ["state", "language"]
    list_per_page = 25
    search_fields = ["title", "report__symbol", "report__title"]
    autocomplete_fields = ["report", "cover"]
    readonly_fields = ["state", "pdf", "made_by", "published_by"]
    fields = ["report", "language", "title", "cover", "introduction", "wanted_by", *readonly_fields]
    acts = [
        act(
            "make",
            label=gettext_lazy("Make the PDF"),
            question=gettext_lazy("Make the booklet from the findings as they stand?"),
            done=gettext_lazy("The PDF is queued. This page leads to it; somebody else reads and publishes it."),
            do=booklets.make,
            offered=lambda booklet: booklet.state != BookletState.PUBLISHED,
        ),
        act(
            "cover",
            label=gettext_lazy("Draw the cover image"),
            question=gettext_lazy("Draw the cover as an image for social media?"),
            done=gettext_lazy("The cover stands among the images."),
            do=services.draw_cover,
            then=lambda picture: reverse("admin:dissemination_picture_change", args=[picture.pk]),
        ),
        act(
            "publish",
            label=gettext_lazy("Publish"),
            question=gettext_lazy("Have you read the PDF, and may everybody have it on the page of the report?"),
            done=gettext_lazy("The booklet is published, and counts as one output."),
            do=booklets.publish,
            offered=lambda booklet: booklet.state == BookletState.MADE,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("report", "document", "made_by", "published_by")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.state != BookletState.PUBLISHED)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.state == BookletState.REQUESTED)

    @admin.display(description=gettext_lazy("PDF"))
    def pdf(self, booklet):
        if booklet.document is None:
            return "–"
        document = booklet.document
        return format_html('<a href="{}">{}</a> ({})', document_of(booklet), document, document.get_state_display())
