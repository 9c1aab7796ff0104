from django.contrib.admin import SimpleListFilter


class OpensNarrowFilter(SimpleListFilter):
    """The list opens on a part of its rows, which `opens_on` names; "All" is a choice like the others."""

    opens_on = ""

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": self.opens_on}, *others]
