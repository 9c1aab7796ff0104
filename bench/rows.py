"""Rows by the thousand for any model: copies of a real row, different where the database insists on it.

A copy of a real row meets every check of the database. What a constraint wants to be unique is varied; where a rule
ties fields together, MADE says how.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice, product
from string import ascii_uppercase
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

Values = dict[str, Any]
MADE: dict[str, Callable[[int, Values], Values]] = {}
# As many as two letters can tell apart; there are 195 of them in the world.
MOST = {"reference.Country": 600, "visits.StandingInvitation": 400}


def made(label: str):
    def keep(function):
        MADE[label] = function
        return function

    return keep


@made("reference.Country")
def country(number: int, row: Values) -> Values:
    """Codes that no State has: the second half of the alphabet holds enough of them."""
    spelled = free_codes()[number]
    return {"iso2": spelled, "iso3": spelled + "Q"}


@cache
def free_codes() -> list[str]:
    known = set(apps.get_model("reference.Country").objects.values_list("iso2", flat=True))
    return [code for code in map("".join, product(ascii_uppercase, repeat=2)) if code not in known]


@made("communications.Letter")
def letter(number: int, row: Values) -> Values:
    """Numbers run on within a year, as they do in the register."""
    return {"year": 2011 + number % 10, "number": number}


@made("communications.Case")
def case(number: int, row: Values) -> Values:
    """Readable columns alone: each compartment and each deadline belongs to one case."""
    return {"content_id": None, "identity_id": None, "expiry_deadline_id": None, "merged_into_id": None}


@made("reference.Session")
def session(number: int, row: Values) -> Values:
    return {"forum": "HRC", "takes_report": False, "starts_on": None, "ends_on": None}


@made("dissemination.Post")
@made("dissemination.PressItem")
def draft(number: int, row: Values) -> Values:
    """What is out is counted as an output of its own; drafts are counted as none."""
    return {"state": "draft", "output_id": None, "approved_by_id": None, "approved_at": None}


@made("dissemination.PostVersion")
def version(number: int, row: Values) -> Values:
    """Four networks for each post, in one language: a filter lists every language there is."""
    networks = ("facebook", "twitter", "linkedin", "instagram")
    posts = known("dissemination.Post", at_least=3_000)
    return {"post_id": posts[-1 - number // 4], "network": networks[number % 4], "language": "en"}


@made("dissemination.Strategy")
def strategy(number: int, row: Values) -> Values:
    """Each about a report of its own."""
    subject = {"report_id": known("reports.Report", at_least=11_000)[-number]}
    return subject | {"visit_id": None, "letter_id": None, "press_consent": ""}


@made("visits.Candidate")
def period(number: int, row: Values) -> Values:
    return {"period_end": row["period_start"] + timedelta(days=365)}


@made("visits.RecommendationTag")
def theme(number: int, row: Values) -> Values:
    """Themes, since there are but 17 Goals."""
    return {"kind": "theme", "code": f"theme {number}", "part_of": ""}


@made("reference.StateVote")
def vote(number: int, row: Values) -> Values:
    """Every State once in each of as many votes as it takes."""
    terms, states = known("reference.MandateTerm", at_least=60), known("reference.Country")
    term, state = divmod(number, len(states))
    return {"term_id": terms[term], "country_id": states[state]}


@cache
def known(label: str, at_least: int = 1) -> list[int]:
    model = apps.get_model(label)
    if model._base_manager.count() < at_least:
        fill(model, at_least)
    return list(model._base_manager.order_by("pk").values_list("pk", flat=True))


def varied(field: models.Field, number: int, value: Any) -> Any:
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + timedelta(seconds=number)
    if isinstance(field, models.DateField):
        return (value or date(2021, 1, 1)) + timedelta(days=number)
    if isinstance(field, models.IntegerField):
        return 10_000 + number
    if field.max_length and field.max_length < 8:
        return chr(0x4E00 + number)  # one sign of a large alphabet fits everywhere
    return f"{str(value or '')[: (field.max_length or 200) - 7]}-{number}"


def is_free(field: models.Field) -> bool:
    return not field.is_relation and not isinstance(field, models.BooleanField | models.JSONField)


def follows_another(field: models.Field) -> bool:
    """A row that replaces or corrects one of its own table, each at most once: copies do neither."""
    return field.unique and field.null and field.is_relation and field.related_model is field.model


def to_vary(model: type[models.Model]) -> set[models.Field]:
    """Unique fields, and of each constraint over several fields the one that is freest to change."""
    unique = {field for field in model._meta.local_concrete_fields if field.unique and not field.primary_key}
    fields = {field for field in unique if not follows_another(field)}
    groups = [constraint.fields for constraint in model._meta.constraints if hasattr(constraint, "nulls_distinct")]
    for names in [*groups, *model._meta.unique_together]:
        members = [model._meta.get_field(name) for name in names]
        if not all(isinstance(member, models.BooleanField) for member in members) and not fields.intersection(members):
            # Of equals the last one: what stands first in a constraint is what it counts by.
            fields.add(min(reversed(members), key=lambda field: (not is_free(field), bool(field.choices))))
    return fields


def first_of(model: type[models.Model]) -> models.Model:
    found = model._base_manager.order_by("-pk").first()
    if found is None:
        fill(model, 1)
        found = model._base_manager.order_by("-pk").first()
    return found


def invented(field: models.Field) -> Any:
    if field.has_default() or field.null:
        return field.get_default()
    if field.is_relation:
        return first_of(field.related_model).pk
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateField):
        return varied(field, 0, None)
    if isinstance(field, models.IntegerField | models.DecimalField):
        return 1
    return "" if field.blank else field.name


def pattern(model: type[models.Model]) -> Values:
    row = model._base_manager.order_by("-pk").first()
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    found = {field.attname: getattr(row, field.attname) if row else invented(field) for field in fields}
    return found | {field.attname: None for field in fields if follows_another(field)}


def values(model: type[models.Model], count: int) -> Iterator[Values]:
    base, fields = pattern(model), to_vary(model)
    adjust = MADE.get(model._meta.label, lambda number, row: {})
    if model._meta.label in MADE:
        fields = {field for field in fields if not field.is_relation}
    related = {field: parents(field.related_model, count) for field in fields if field.is_relation}
    for number in range(1, count + 1):
        row = base | {
            field.attname: next(related[field]) if field.is_relation else varied(field, number, base[field.attname])
            for field in fields
        }
        yield row | adjust(number, row)


def parents(model: type[models.Model], count: int) -> Iterator[Any]:
    known = model._base_manager.count()
    fill(model, count)
    return model._base_manager.order_by("pk").values_list("pk", flat=True)[known:].iterator()


def fill(model: type[models.Model], count: int) -> None:
    """`count` rows more, with the many-to-many rows of the one they are copied from."""
    linked = [(field.remote_field.through, field) for field in model._meta.local_many_to_many]
    links = {through: targets(model, field) for through, field in linked if through._meta.auto_created}
    last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    rows = (model(**row) for row in values(model, count))
    while batch := list(islice(rows, 2_000)):
        model._base_manager.bulk_create(batch)
    new = model._base_manager.order_by("pk").values_list("pk", flat=True)
    new = list(new.filter(pk__gt=last) if last is not None else new)
    for through, (source, target, pks) in links.items():
        through._base_manager.bulk_create(
            (through(**{source: pk, target: other}) for pk in new for other in pks), batch_size=5_000
        )


def targets(model: type[models.Model], field: models.ManyToManyField) -> tuple[str, str, list]:
    """Two of the other side for each row, so that a list that shows them has something to show."""
    through = field.remote_field.through
    source = next(each for each in through._meta.local_concrete_fields if each.name == field.m2m_field_name())
    target = next(each for each in through._meta.local_concrete_fields if each.name == field.m2m_reverse_field_name())
    pks = list(field.related_model._base_manager.order_by("pk").values_list("pk", flat=True)[:2])
    return source.attname, target.attname, pks


def forget() -> None:
    """What was looked up is gone once its transaction was taken back."""
    free_codes.cache_clear()
    known.cache_clear()
