"""One turn of the form: take up what was posted, do what the button says, and answer with a page."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from communications.intake import coach, pages, review, steps, victims_csv
from communications.intake.draft import Draft
from communications.intake.receipt import received_page
from communications.intake.send import NotSent, send
from communications.intake.steps import REVIEW, Step
from iesogi.vault import tokens
from iesogi.vault.exceptions import DraftLost, DraftTooLong
from iesogi.vault.gate import address_of
from iesogi.vault.uploads import limits

TABLE = "table"


@dataclass
class Turn:
    request: HttpRequest
    draft: Draft
    now: datetime
    go: str
    notice: str = ""
    faults: list = field(default_factory=list)
    notes: list = field(default_factory=list)  # of the coach, on the page that was left

    @property
    def post(self) -> Any:
        return self.request.POST


def answer(request: HttpRequest) -> HttpResponse:
    turn = _begin(request)
    step = steps.BY_NAME.get(request.POST.get("step", ""))
    if request.POST.get("step") == REVIEW:
        return _from_review(turn)
    if step is None:
        return _show(turn, steps.STEPS[0])
    return _from_step(turn, step)


def _begin(request: HttpRequest) -> Turn:
    now, go = timezone.now(), request.POST.get("go", "stay")
    try:
        return Turn(request, Draft.unsealed(request.POST.get("draft", ""), now=now), now, go)
    except DraftLost as lost:
        draft = Draft(token=tokens.new_token(now=now))
        step = steps.BY_NAME.get(request.POST.get("step", ""))
        if step:
            pages.make_room(step, draft, request.POST)
        return Turn(request, draft, now, "stay", notice=str(lost))


# --- From a page of questions ----------------------------------------------------------------------


def _from_step(turn: Turn, step: Step) -> HttpResponse:
    page = pages.take(step, turn.draft, turn.post)
    if step.takes_table and TABLE in turn.request.FILES:
        _take_table(turn, turn.request.FILES[TABLE])
    verb, _sep, which = turn.go.partition(":")
    if turn.faults or (verb == "next" and not page.is_valid()):
        return _show(turn, step)
    if verb == "next":
        turn.notes = [gap for gap in coach.gaps(turn.draft) if gap.step == step.name]
        return _show(turn, steps.after(step, turn.draft))
    return _elsewhere(turn, step, verb, which)


def _elsewhere(turn: Turn, step: Step | None, verb: str, which: str) -> HttpResponse:
    match verb:
        case "back":
            return _show(turn, steps.before(step, turn.draft))
        case "review":
            return _show(turn, None)
        case "to" if which in steps.BY_NAME:
            return _show(turn, steps.BY_NAME[which])
        case "add" if step:
            pages.add_row(step, turn.draft)
        case "drop" if step:
            pages.drop_row(step, turn.draft, which)
        case "no-table":
            turn.draft.table = []
    return _show(turn, step)


def _take_table(turn: Turn, upload) -> None:
    """Read while it streams from its sealed copy; kept only if every row is right."""
    problem = upload.problem or ""
    table = victims_csv.refused(problem) if problem else victims_csv.read(upload.name, upload.chunks())
    turn.faults = table.faults
    if table.rows:
        turn.draft.take_table(table.rows)
        turn.go = "stay"


def _show(turn: Turn, step: Step | None) -> HttpResponse:
    if step is None:
        return _show_review(turn)
    pages.first_row(step, turn.draft)
    page = pages.page_of(step, turn.draft)
    asked = steps.asked(turn.draft)
    context = {
        "page": page,
        "step": step,
        "number": asked.index(step) + 1 if step in asked else 1,
        "total": len(asked) + 1,
        "faults": turn.faults[:50],
        "more_faults": max(len(turn.faults) - 50, 0),
        "table": victims_csv.summary(len(turn.draft.table)) if turn.draft.table else "",
        "most_people": victims_csv.MOST_PEOPLE,
        "is_urgent": turn.draft.is_urgent and bool(turn.draft.account),
        "errors": page.errors,
    }
    return _page(turn, "communications/intake/step.html", context)


# --- From the last page ----------------------------------------------------------------------------


def _from_review(turn: Turn) -> HttpResponse:
    form = review.SendForm(turn.post)
    turn.draft.answers[REVIEW] = {
        name: value for name, value in pages.raw(form, turn.post).items() if name != review.TRAP
    }
    verb, _sep, which = turn.go.partition(":")
    if verb != "send":
        return _elsewhere(turn, None, verb, which)
    uploads = turn.request.FILES.getlist(review.FILES)
    problems = _problems(turn.draft, form, uploads)
    if problems:
        return _show_review(turn, problems=problems, had_files=bool(uploads))
    try:
        received = send(
            turn.draft,
            files=review.incoming(form, uploads),
            wrote_before=form.cleaned_data["wrote_before"],
            address=address_of(turn.request),
            now=turn.now,
        )
    except NotSent as refused:
        return _not_sent(turn, refused, had_files=bool(uploads))
    return received_page(turn.request, received, token=turn.draft.token)


def _problems(draft: Draft, form: review.SendForm, uploads) -> list[str]:
    found = [_("Write what happened first. It is the one thing that a report needs.")] if not draft.account else []
    found += [
        _("Something on the page “%(page)s” cannot be sent. Please look at it.") % {"page": step.title}
        for step in steps.asked(draft)
        if step.name in draft.wrong
    ]
    if form.is_trapped:
        found.append(_("A field that stays empty was filled in. Nothing was sent yet; please send it again."))
    if not form.is_valid():
        found += [error for errors in form.errors.values() for error in errors]
    return found + review.problems(uploads)


def _not_sent(turn: Turn, refused: NotSent, *, had_files: bool) -> HttpResponse:
    if refused.new_token:
        turn.draft = replace(turn.draft, token=tokens.new_token(now=turn.now))
    response = _show_review(turn, problems=[str(refused)], had_files=had_files)
    response.status_code = refused.status
    if refused.retry_after:
        response["Retry-After"] = str(refused.retry_after)
    return response


def _show_review(turn: Turn, *, problems: list[str] = (), had_files: bool = False) -> HttpResponse:
    asked = steps.asked(turn.draft)
    context = {
        "pages": [(step, pages.page_of(step, turn.draft).answered) for step in asked],
        "form": pages.bound(review.SendForm, "", turn.draft.answers.get(REVIEW)),
        "gaps": coach.gaps(turn.draft),
        "may_send": bool(turn.draft.account),
        "number": len(asked) + 1,
        "total": len(asked) + 1,
        "table": victims_csv.summary(len(turn.draft.table)) if turn.draft.table else "",
        "problems": problems,
        "had_files": had_files,
        "limits": limits(),
        "is_urgent": turn.draft.is_urgent,
    }
    return _page(turn, "communications/intake/review.html", context)


# --- Every page ------------------------------------------------------------------------------------


def _page(turn: Turn, template: str, context: dict) -> HttpResponse:
    too_long = ""
    try:
        sealed = turn.draft.sealed(now=turn.now)
    except DraftTooLong as error:  # the page goes on with what fitted before, and still shows what was typed now
        sealed, too_long = turn.post.get("draft", ""), str(error)
    context |= {
        "draft": sealed,
        "notice": turn.notice or too_long,
        "notes": turn.notes,
        "languages": _languages(),
    }
    return render(turn.request, template, context)


def _languages() -> list[tuple[str, str, str]]:
    """Code, name in the language itself, and where to post the page so that it comes back in it."""
    codes = [code for code, _label in settings.LANGUAGES if code != translation.get_language()]
    return [(code, translation.get_language_info(code)["name_local"], _address_in(code)) for code in codes]


def _address_in(code: str) -> str:
    with translation.override(code):
        return reverse("intake:submit")
