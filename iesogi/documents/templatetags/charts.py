"""`{% load charts %}`: SVG charts in page, admin and PDF. Each tag takes the lines as charts.py names them."""

from django import template

from iesogi.documents import charts, maps

register = template.Library()


@register.simple_tag
def bar_chart(lines, title, desc):
    """`lines`: pairs of label and value."""
    return charts.bars([charts.Bar(*line) for line in lines], title=title, desc=desc)


@register.simple_tag
def target_chart(lines, title, desc):
    """`lines`: label, promised, recorded (or None)."""
    return charts.targets([charts.Against(*line) for line in lines], title=title, desc=desc)


@register.simple_tag
def timeline_chart(moments, first, last, title, desc):
    """`moments`: label, year with fraction (or None when floating), state done, planned or floating."""
    return charts.timeline(
        [charts.Moment(*moment) for moment in moments], first=first, last=last, title=title, desc=desc
    )


@register.simple_tag
def world_map(places, title, desc):
    """`places`: pairs of ISO alpha-3 and mark (done, announced, candidate), the most important first."""
    return maps.world_map([maps.Place(*place) for place in places], title=title, desc=desc)


@register.simple_tag
def map_disclaimer():
    return maps.disclaimer()
