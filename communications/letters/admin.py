"""Templates and norms of letters, for staff to word anew."""

from django.contrib import admin

from communications.models import LetterTemplate, Norm
from iesogi.accounts.fence import PaidByOhchrMixin
from iesogi.audit.admin import AuditedAdmin


@admin.register(LetterTemplate)
class LetterTemplateAdmin(PaidByOhchrMixin, AuditedAdmin):
    list_display = ["kind", "language"]
    list_filter = ["kind", "language"]
    search_fields = ["body"]


@admin.register(Norm)
class NormAdmin(PaidByOhchrMixin, AuditedAdmin):
    list_display = ["instrument", "provision", "is_binding", "in_use", "source"]
    list_filter = ["is_binding", "in_use"]
    search_fields = ["instrument", "provision", "text_en"]
