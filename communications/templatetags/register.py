"""What the pages of the public register ask for while they are drawn; none of it asks the database."""

from django import template
from django.utils.translation import gettext as _

from communications.register import addresses, catalogue

register = template.Library()
register.filter("address", addresses.address_of)
register.filter("matter", catalogue.matter)
register.filter("outcome", catalogue.outcome)
register.filter("runs", catalogue.text_of)

SHAPES = {"substantive": "●", "partial": "◐", "rejected": "✕", "acknowledgement_only": "◌", "": "○"}


@register.filter
def reply_words(letter):
    reply = catalogue.fullest(letter)
    return reply.get_reply_class_display() if reply else _("No reply published")


@register.filter
def reply_shape(letter):
    reply = catalogue.fullest(letter)
    return SHAPES[reply.reply_class if reply else ""]


@register.filter
def late_for(reply, letter):
    return reply.is_late_for(letter)


@register.filter
def days_to(reply, letter):
    return reply.days_to(letter)
