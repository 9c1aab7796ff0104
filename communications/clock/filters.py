from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iesogi.deadlines.days import today


class LatenessFilter(admin.SimpleListFilter):
    title, parameter_name = _("reply"), "late"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue")), ("long", _("Long overdue")), ("soon", _("Due in 14 days"))]

    def queryset(self, request, queryset):
        if self.value() == "overdue":
            return queryset.overdue(on=today())
        if self.value() == "long":
            return queryset.long_overdue(on=today())
        return queryset.due_within(14, on=today()) if self.value() == "soon" else queryset
