"""What pages of recommendations ask for while they are drawn; none of it asks the database."""

from django import template
from django.urls import reverse

from visits.recommendations.enums import SHAPES, Status, TagKind

register = template.Library()


@register.filter
def shape(status):
    return SHAPES[Status(status)]


@register.filter
def tags_by_kind(recommendation):
    """Kinds that the recommendation has tags of, with the tags; of a Goal its number as well."""
    found = {kind: [] for kind in TagKind}
    for tag in recommendation.tags.all():
        found[tag.kind].append(f"{tag.code} {tag.label}" if tag.kind == TagKind.SDG else tag.label)
    return [(TagKind(kind).label, labels) for kind, labels in found.items() if labels]


@register.simple_tag
def protected_form():
    """The sealed door for what happened to people, in the language of the page."""
    return reverse("home") + "submit/"
