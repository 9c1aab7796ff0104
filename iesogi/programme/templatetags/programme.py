"""Filters that print figures as the programme does: with separators and with how sure they are (R21)."""

from django import template

from iesogi.programme import text
from iesogi.reference import figures

register = template.Library()


@register.filter
def figure(obj):
    return figures.qualified(obj.quantity, obj.qualifier)


@register.simple_tag
def qualified(quantity, qualifier):
    return figures.qualified(quantity, qualifier)


@register.filter
def number(quantity):
    return figures.number(quantity)


@register.filter
def signed(value):
    """A difference with its sign; the minus is the typographic one."""
    return f"+{value}" if value > 0 else str(value).replace("-", "−")


@register.filter
def get(mapping, key):
    return mapping.get(key)


@register.filter
def markdown(value):
    return text.inline(value)
