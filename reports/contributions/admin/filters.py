"""What the list of contributions is narrowed by."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from reports.contributions.tags import Tag


class OwnerFilter(admin.SimpleListFilter):
    title = gettext_lazy("owner")
    parameter_name = "owned"

    def lookups(self, request, model_admin):
        return [("mine", gettext_lazy("Mine")), ("none", gettext_lazy("Nobody's"))]

    def queryset(self, request, queryset):
        wanted = {"mine": {"owner": request.user}, "none": {"owner": None}}
        return queryset.filter(**wanted.get(self.value(), {}))


class TagFilter(admin.SimpleListFilter):
    """Of the call that the list is narrowed to; of all calls, each with its code, where it is not."""

    title = gettext_lazy("tag")
    parameter_name = "tag"
    path = ""  # from the listed row to its contribution
    call_parameter = "call__id__exact"

    def lookups(self, request, model_admin):
        tags = Tag.objects.select_related("call")
        call = request.GET.get(self.call_parameter, "")
        if call.isdecimal() and len(call) < 19:
            return [(str(tag.pk), tag.name) for tag in tags.filter(call=call)]
        return [(str(tag.pk), f"{tag.name} ({tag.call.code})") for tag in tags]

    def queryset(self, request, queryset):
        known = {value for value, _name in self.lookup_choices}
        return queryset.filter(**{f"{self.path}tags": self.value()}) if self.value() in known else queryset


class QuoteTagFilter(TagFilter):
    path = "contribution__"
    call_parameter = "contribution__call__id__exact"
