"""One page of the form: its questions, bound to what was typed, and taking up what came in."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import Form

from communications.cases.enums import Matter
from communications.intake.draft import MOST_ROWS, PEOPLE, PERPETRATORS, Draft, Row, code_of
from communications.intake.steps import Part, Step


@dataclass
class Page:
    step: Step
    draft: Draft
    parts: list[tuple[Part, Form]] = field(default_factory=list)
    rows: list[tuple[str, Form]] = field(default_factory=list)

    @property
    def forms(self) -> list[Form]:
        return [form for _part, form in self.parts] + [form for _code, form in self.rows]

    def is_valid(self) -> bool:
        return all(not form.is_bound or form.is_valid() for form in self.forms)

    @property
    def errors(self):
        """Each error with the field it stands beside."""
        return [
            (form[name], error)
            for form in self.forms
            if form.is_bound
            for name, errors in form.errors.items()
            if name in form.fields
            for error in errors
        ]

    @property
    def may_grow(self) -> bool:
        return bool(self.step.rows and self.step.rows.grows and len(self.rows) < MOST_ROWS)

    @property
    def answered(self):
        """For the last page: every answer that was given, with its question."""
        return [
            (title, [(field.label, shown(form, name)) for name, field in form.fields.items() if shown(form, name)])
            for title, form in self._titled_forms()
            if form.is_bound
        ]

    @property
    def titled(self):
        return [(code, self.step.rows.title % {"code": code}, form) for code, form in self.rows]

    def _titled_forms(self):
        return [(part.title, form) for part, form in self.parts] + [
            (title, form) for _code, title, form in self.titled
        ]


def shown(form: Form, name: str) -> list[str]:
    """What was answered, in the words of the page."""
    field, raw = form.fields[name], form.data.get(form.add_prefix(name))
    if raw in (None, "", [], False):
        return []
    if raw is True:
        return ["✓"]
    labels = dict(getattr(field, "choices", ()))
    return [str(labels.get(value, value)) for value in (raw if isinstance(raw, list) else [raw])]


def page_of(step: Step, draft: Draft) -> Page:
    """As it was left, or empty."""
    page = Page(step, draft)
    for part in step.parts_for(draft):
        page.parts.append((part, bound(part.form, "", draft.answers.get(step.name))))
    for number, row in enumerate(_rows(step, draft)):
        facet = {name: row[name] for name in step.rows.form.base_fields if name in row}
        page.rows.append((name_of(step, number), bound(step.rows.form, prefix(step, number), facet)))
    return page


def take(step: Step, draft: Draft, post: Any) -> Page:
    """Put what was posted into the draft, whether or not it is right."""
    answers = draft.answers.setdefault(step.name, {})
    for part in step.parts_for(draft):
        answers.update(raw(part.form(), post))
    for number, row in enumerate(_rows(step, draft)):
        row.update(raw(step.rows.form(prefix=prefix(step, number)), post))
    page = page_of(step, draft)
    draft.wrong = [name for name in draft.wrong if name != step.name] + ([] if page.is_valid() else [step.name])
    return page


def bound(form: type[Form], prefix: str, answers: Row | None) -> Form:
    if not answers:
        return form(prefix=prefix or None)
    return form(
        {f"{prefix}-{name}" if prefix else name: value for name, value in answers.items()}, prefix=prefix or None
    )


def raw(form: Form, post: Any) -> Row:
    return {
        name: field.widget.value_from_datadict(post, {}, form.add_prefix(name)) for name, field in form.fields.items()
    }


def name_of(step: Step, number: int) -> str:
    """Letters for alleged victims, as in the story; numbers for all others, so that nobody mixes them up."""
    return code_of(number) if step.rows.kind == PEOPLE else str(number + 1)


def prefix(step: Step, number: int) -> str:
    return f"{step.rows.kind}-{number}"


def _rows(step: Step, draft: Draft) -> list[Row]:
    if step.rows is None or (step.rows.kind == PEOPLE and not draft.has_people):
        return []
    return draft.rows[step.rows.kind]


def first_row(step: Step, draft: Draft) -> None:
    """Nobody should have to press a button to speak of the first person."""
    if step.rows is None or not step.rows.grows or draft.rows[step.rows.kind]:
        return
    if step.rows.kind == PERPETRATORS or not (draft.has_group or draft.table):
        draft.rows[step.rows.kind].append({})


def make_room(step: Step, draft: Draft, post: Any) -> None:
    """After a draft was lost: as many rows, and as many questions, as the page had that was posted."""
    if step.name in {"victims", "consent"} and {"description", "letter"} & set(post):
        draft.answers["matter"] = {"matter": Matter.GROUP.value}
    if step.rows:
        names = [f"{prefix(step, number)}-" for number in range(MOST_ROWS)]
        count = sum(any(name.startswith(each) for name in post) for each in names)
        draft.rows[step.rows.kind] = [{} for _each in range(count)]


def add_row(step: Step, draft: Draft) -> None:
    if step.rows and step.rows.grows and len(draft.rows[step.rows.kind]) < MOST_ROWS:
        draft.rows[step.rows.kind].append({})


def drop_row(step: Step, draft: Draft, number: str) -> None:
    """All facets go: what was said of a person, what they agree to, and their name."""
    rows = draft.rows[step.rows.kind] if step.rows and step.rows.grows else []
    if number.isdecimal() and len(number) < 4 and int(number) < len(rows):
        del rows[int(number)]
