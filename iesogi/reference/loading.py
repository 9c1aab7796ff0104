"""Load rows from data files again and again without ever writing over what staff edited.

    with loading("work programme 2021-2023") as loader:
        section = loader.put(Section, key={"code": "visits"}, values={"label": "Visits"}, where=row.where).row
        loader.put(Theme, key={"code": "data"}, values={...}, m2m={"perspectives": [health, age]}, where=row.where)
    print("\\n".join(loader.report.lines()))

Each `put` remembers, in a `LoadedRow`, the values it loaded, and compares the row with them the next time:

- no such row: it is *created*;
- the row still holds what was last loaded: it is *updated* if the file says something new, else *unchanged*;
- the row differs from what was last loaded: staff *edited* it, so it is kept as it is and named in the report.

Only the fields given to `put` are compared: a field the file does not speak of is free for staff, and if a later file
speaks of it, what staff wrote there counts as an edit. A row typed in by
hand before its first load counts as edited unless it equals the file. A row that staff deleted is created again.
The whole load is one transaction: a complaint (`LoadError`, naming `where`) leaves nothing behind.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from iesogi.audit import services as audit
from iesogi.reference.enums import LoadOutcome
from iesogi.reference.exceptions import LoadError
from iesogi.reference.models import LoadedRow


class Put(NamedTuple):
    """What became of one row of a file, and the row as it stands in the database."""

    row: models.Model
    outcome: LoadOutcome


class Kept(NamedTuple):
    """A row that staff edited, and in which fields it differs from what was loaded."""

    model: str
    row: str
    fields: tuple[str, ...]


class Report:
    """Counts per outcome and model, and the edited rows by name."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[LoadOutcome, str]] = Counter()
        self.kept: list[Kept] = []

    def __getitem__(self, outcome: LoadOutcome) -> int:
        return sum(count for (each, _model), count in self.counts.items() if each == outcome)

    def count(self, put: Put) -> None:
        self.counts[put.outcome, str(put.row._meta.verbose_name_plural)] += 1

    @property
    def changed(self) -> int:
        return self[LoadOutcome.CREATED] + self[LoadOutcome.UPDATED]

    def totals(self) -> dict[str, int]:
        return {outcome.value: self[outcome] for outcome in LoadOutcome}

    def lines(self) -> list[str]:
        """Sentences for a terminal: what was created and updated, what was kept, or that nothing changed."""
        lines = [
            f"{model}: {count} {outcome.label}."
            for (outcome, model), count in sorted(self.counts.items())
            if outcome in {LoadOutcome.CREATED, LoadOutcome.UPDATED}
        ]
        lines += [f"Edited, kept: {kept.model} “{kept.row}” ({', '.join(kept.fields)})." for kept in self.kept]
        if not self.changed:
            lines.append(f"Nothing changed: {self[LoadOutcome.UNCHANGED]} rows are as the files say.")
        return lines


@contextmanager
def loading(source: str, *, dry_run: bool = False) -> Iterator["Loader"]:
    """One load in one transaction, with one audit entry when it changed anything; `dry_run` takes all of it back."""
    with transaction.atomic():
        loader = Loader(source)
        yield loader
        if loader.report.changed:
            audit.record(by=None, verb="data.loaded", label=source, **loader.report.totals())
        if dry_run:
            transaction.set_rollback(True)


class Loader:
    """One run over data files; made by `loading()`, which gives it its transaction."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.report = Report()
        self._loaded: dict[str, dict[str, LoadedRow]] = {}

    def put(
        self,
        model: type[models.Model],
        *,
        key: dict[str, Any],
        values: dict[str, Any] | None = None,
        m2m: dict[str, Iterable[models.Model]] | None = None,
        where: str = "",
    ) -> Put:
        """Create, update or leave the one row that `key` names; see the module for which of them.

        `key` and `values` are field names with plain values or related rows; `m2m` replaces the whole relation.
        """
        related = {name: list(rows) for name, rows in (m2m or {}).items()}
        wanted = _candidate(model, key, values or {}, where)
        names = [*key, *(values or {})]
        new = _state(wanted, names) | {name: sorted(row.pk for row in rows) for name, rows in related.items()}
        row = model._default_manager.filter(**key).first()
        if row is None:
            _save(wanted, related, where)
            put = Put(wanted, LoadOutcome.CREATED)
        else:
            put = self._renew(row, wanted, new, key, related, where)
        if put.outcome is not LoadOutcome.EDITED:
            self._remember(put, key, new)
        self.report.count(put)
        return put

    def _renew(self, row, wanted, new: dict, key: dict, related: dict, where: str) -> Put:
        """Bring a row that exists up to the file, unless staff edited it since the last load."""
        names = [name for name in new if name not in related]
        current = _state(row, names) | _links(row, related)
        if current == new:
            return Put(row, LoadOutcome.UNCHANGED)
        edited = self._edited_fields(row, current, key)
        if edited:
            self.report.kept.append(Kept(str(row._meta.verbose_name), str(row), edited))
            return Put(row, LoadOutcome.EDITED)
        for name in names:
            attribute = row._meta.get_field(name).attname
            setattr(row, attribute, getattr(wanted, attribute))
        _save(row, related, where)
        return Put(row, LoadOutcome.UPDATED)

    def _edited_fields(self, row: models.Model, current: dict, key: dict) -> tuple[str, ...]:
        """Fields in which the row differs from the last load; one never loaded before must still be empty."""
        loaded = self._rows_of(type(row)).get(_key_text(key))
        if loaded is None:
            return tuple(current)
        before = _empty(type(row), current) | loaded.values
        return tuple(name for name, value in current.items() if before[name] != value)

    def _rows_of(self, model: type[models.Model]) -> dict[str, LoadedRow]:
        label = model._meta.label_lower
        if label not in self._loaded:
            self._loaded[label] = {row.key: row for row in LoadedRow.objects.filter(model=label)}
        return self._loaded[label]

    def _remember(self, put: Put, key: dict, new: dict) -> None:
        rows, text = self._rows_of(type(put.row)), _key_text(key)
        loaded = rows.get(text) or LoadedRow(model=put.row._meta.label_lower, key=text)
        # A field that left the file stays known, or its coming back would look like an edit.
        values = new if put.outcome is LoadOutcome.CREATED else loaded.values | new
        if loaded.pk is None or loaded.values != values:
            loaded.values, loaded.source = values, self.source
            loaded.save()
            rows[text] = loaded


def _candidate(model: type[models.Model], key: dict, values: dict, where: str) -> models.Model:
    """The row as the file wants it, with every value of the type its field has in Python."""
    values = key | values
    try:
        row = model(**{name: _filled(model._meta.get_field(name), value) for name, value in values.items()})
        row.clean_fields(exclude=[field.name for field in model._meta.fields if field.name not in values])
    except (FieldDoesNotExist, TypeError, ValueError, ValidationError) as error:
        raise _complaint(model, ", ".join(map(str, key.values())), where, error) from error
    return row


def _filled(field: models.Field, value: Any) -> Any:
    """An empty text is "" in the database, whatever the file calls it; other fields keep None as "nothing said"."""
    return "" if value is None and field.empty_strings_allowed and not field.null else value


def _save(row: models.Model, related: dict[str, list], where: str) -> None:
    try:
        row.full_clean(validate_constraints=False)
        _insert_or_update(row)
    except ValidationError as error:
        raise _complaint(type(row), str(row), where, error) from error
    for name, rows in related.items():
        getattr(row, name).set(rows)


def _insert_or_update(row: models.Model) -> None:
    """The database judges its constraints anyway; to ask it each one first would take longer than all the rest.

    Only where it refuses is each one asked, for the sentence that belongs to it.
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.validate_constraints()
        raise


def _complaint(model: type[models.Model], name: str, where: str, error: Exception) -> LoadError:
    said = " ".join(_sentences(error)) if isinstance(error, ValidationError) else str(error)
    return LoadError(f"{where or 'data'}: {model._meta.verbose_name} “{name}”: {said} Nothing was loaded.")


def _sentences(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        message if field == "__all__" else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    ]


def _state(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The named fields as JSON would give them back, so that file, memory and database compare equal."""
    plain = {name: _plain(row._meta.get_field(name), row) for name in names}
    return json.loads(json.dumps(plain, cls=DjangoJSONEncoder))


def _empty(model: type[models.Model], names: Iterable[str]) -> dict[str, Any]:
    """The named fields as a row has them when nobody gave them a value."""
    links = {field.name for field in model._meta.many_to_many}
    state = _state(model(), [name for name in names if name not in links])
    return state | {name: [] for name in names if name in links}


def _plain(field: models.Field, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, Decimal) and isinstance(field, models.DecimalField):
        return f"{value:.{field.decimal_places}f}"
    return value


def _links(row: models.Model, related: dict[str, list]) -> dict[str, list]:
    return {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in related}


def _key_text(key: dict) -> str:
    """The natural key as text; a related row stands in it by its primary key."""
    plain = {name: value.pk if isinstance(value, models.Model) else value for name, value in key.items()}
    return json.dumps(plain, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
