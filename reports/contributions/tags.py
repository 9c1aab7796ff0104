"""Short lists of words, one for each call, by which its staff sort what comes in.

A list, and no free words on a contribution, because these could say in clear what is sealed.
"""

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iesogi.audit import services as audit
from reports.contributions.exceptions import ContributionRefused

MOST_TAGS = 20


class Tag(models.Model):
    call = models.ForeignKey(
        "reports.Call", verbose_name=gettext_lazy("call"), on_delete=models.CASCADE, related_name="tags"
    )
    name = models.CharField(
        gettext_lazy("name"),
        max_length=40,
        help_text=gettext_lazy("What a contribution is about, such as “housing”; never who wrote it."),
    )

    class Meta:
        verbose_name = gettext_lazy("tag")
        verbose_name_plural = gettext_lazy("tags")
        ordering = ["call", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "name"],
                name="tag_once_a_call",
                violation_error_message=gettext_lazy("This call has a tag of that name already."),
            ),
            models.CheckConstraint(
                name="tag_has_a_name",
                condition=~models.Q(name=""),
                violation_error_message=gettext_lazy("Give the tag a name."),
            ),
        ]

    def __str__(self):
        return self.name


def words_of(contribution) -> str:
    """All of its tags in one line, from what was prefetched."""
    return ", ".join(tag.name for tag in contribution.tags.all())


@transaction.atomic
def put(contribution, *, tag: Tag, by):
    """Once more changes nothing. A tag belongs to one call."""
    if tag.call_id != contribution.call_id:
        raise ContributionRefused(_("“%(tag)s” is a tag of another call. Choose one of this call.") % {"tag": tag})
    if not contribution.tags.filter(pk=tag.pk).exists():
        contribution.tags.add(tag)
        audit.record(by=by, verb="contribution.tagged", target=contribution, tag=tag.name)
    return contribution


@transaction.atomic
def take_off(contribution, *, tag: Tag, by):
    if contribution.tags.filter(pk=tag.pk).exists():
        contribution.tags.remove(tag)
        audit.record(by=by, verb="contribution.untagged", target=contribution, tag=tag.name)
    return contribution


def replace(contribution, *, tags, by):
    """What was ticked, whatever stood there before."""
    chosen = set(tags)
    for tag in set(contribution.tags.all()) - chosen:
        take_off(contribution, tag=tag, by=by)
    for tag in sorted(chosen, key=str):
        put(contribution, tag=tag, by=by)
    return contribution
