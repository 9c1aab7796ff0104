"""Save and finish later, and what a number opens that was not sent yet.

No cookie carries any of it: whoever typed the number gets a page whose sealed token holds it for twelve hours.
"""

from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iesogi.vault import files, intake, receipts, sending, tokens
from iesogi.vault import unfinished as vault
from iesogi.vault.exceptions import Busy, Damaged, SentAlready, TokenRefused, VaultRefused
from iesogi.vault.gate import address_of
from iesogi.vault.number_forms import DoorForm
from iesogi.vault.returning import INVALID, asks_to_wait, how_to_say
from iesogi.vault.sending import NotSent
from reports.calls import closing
from reports.calls.exceptions import CallClosed
from reports.calls.models import Call
from reports.calls.views import public_call
from reports.contributions import overtaken, unfinished
from reports.contributions.form_page import form_of, meanwhile, now_held, page, unkept
from reports.contributions.forms import NONE
from reports.contributions.rows import rows_of

SAVED = "reports/calls/saved.html"
OK = 200


# --- Save -----------------------------------------------------------------------------------------


def save(request, call, form, held, *, now):
    """Nothing has to be right for it. What cannot be kept is told, with all that was typed still on the page."""
    typed, (new, problems) = form.typed(), form.new_files()
    try:
        if request.POST.get("website"):
            raise NotSent(_("A field that stays empty was filled. What you typed is here; press the button again."))
        if not _says_something(typed) and not new and not form.lying():
            raise NotSent(" ".join([_("There is nothing to keep yet. Answer one question or more."), *problems]))
        kept = _kept(request, call, form, held, typed, new, now=now)
    except NotSent as refused:
        return not_kept(request, call, typed, refused, held=held, token=form["token"].value(), now=now)
    if kept is None:
        return render(request, "reports/calls/done.html", {"call": call, "is_repeat": True})
    return _saved(request, call, held, kept, form["token"].value(), problems=problems)


def _says_something(typed):
    """More than the form brings along by itself."""
    own = {"language", "publication", "word", "late"}
    return any(value.strip() not in {"", NONE} for name, value in typed.items() if name not in own)


def _kept(request, call, form, held, typed, new, *, now):
    """None for what was sent meanwhile, from this page or another one."""
    lost = _("This could not be kept at the moment. What you typed is still here. Please try again in a few minutes.")
    staying, link = {each.uuid for each in form.lying()}, _link(call, typed, now)
    with sending.refusals_told(lost), overtaken.told(held):
        try:
            seen = overtaken.seen_by(request)
            return unfinished.save(call, held, typed, staying=staying, new=new, link=link, seen=seen, at=now)
        except SentAlready:
            return None
        except CallClosed as closed:
            raise NotSent(str(closed), status=409) from closed


def _link(call, typed, now):
    """A late code that opens nothing is told when it is used to send."""
    try:
        return closing.late_link(call, typed.get("late", ""), now=now)
    except CallClosed:
        return None


def not_kept(request, call, typed, refused, *, now, held=None, token=""):
    """The page again with all that was typed; fresh, so that no field complains of what only sending needs."""
    token = tokens.new_token(now=now) if refused.new_token else token or request.POST.get("token", "")
    held, edition = now_held(refused, held, request.POST.get("edition", ""))
    form = form_of(call, initial=typed | {"token": token, "edition": edition})
    if refused.asks_number:
        form.ask_for_the_number()
    status = INVALID if refused.status == OK else refused.status
    shown = {"held": held, "meanwhile": meanwhile(refused, form, typed), "files_lost": bool(request.FILES)}
    response = page(request, call, form, refusal=str(refused), status=status, **shown)
    return asks_to_wait(response, refused.retry_after)


def _saved(request, call, held, kept, token, *, problems=(), problem="", status=200):
    is_shown = not (kept.confirmed or held.ticket.came_back)
    context = {
        "call": call,
        "groups": receipts.grouped(held.ticket.number).split() if is_shown else [],
        "token": token,
        "files": [each.name for each in kept.files],
        "problems": problems,
        "problem": problem,
        "times": closing.times(call),
        "last_day": unfinished.last_day(call),
    }
    return render(request, SAVED, context, status=status)


@unkept
@require_POST
def confirm(request, code):
    """The last group was typed. From then on no page shows the number any more."""
    call = public_call(code, among=Call.objects.once_public())
    token, typed = request.POST.get("token", ""), request.POST.get("last", "")
    try:
        sending.refuse_haste(address_of(request))
        held = unfinished.held_by(call, token=token, now=timezone.now())
    except TokenRefused:
        held = None
    except (Busy, DatabaseError):
        problem = _("This could not be checked at the moment. What you saved is kept. Please try once more.")
        return render(request, SAVED, {"call": call, "token": token, "problem": problem}, status=503)
    if held is None or held.kept is None:
        return render(request, "reports/calls/written_down.html", {"call": call, "is_late": True})
    if held.kept.confirmed or vault.confirm(held.derived, held.ticket.number, typed):
        return render(request, "reports/calls/written_down.html", {"call": call})
    problem = _("These are not the last four digits. Compare them with the number and type them again.")
    return _saved(request, call, held, held.kept, token, problem=problem, status=INVALID)


def in_another_language(request, call, form, held, *, now):
    """The same page with all that was typed, saved or not, in the language that was pressed."""
    own = {"token": form["token"].value(), "edition": request.POST.get("edition", "")}
    again = form_of(call, initial=form.typed() | own, kept=held.files)
    return page(request, call, again, held=held, files_lost=form.had_files)


# --- Come back ------------------------------------------------------------------------------------


def at_the_door(request, call, held):
    """What the number opens that was typed there, in the language that its holder expects."""
    with translation.override(held.language(at_the_door=translation.get_language())):
        response = come_back(request, call, held)
        response.headers["Content-Language"] = translation.get_language()
    return response


def come_back(request, call, held, *, late=""):
    """The form as it was left; or, where nothing can be sent any more, all that was typed, to read and take along."""
    now = timezone.now()
    typed = held.kept.content["typed"]
    try:
        link, refusal = closing.late_link(call, late, now=now), ""
    except CallClosed as closed:
        link, refusal = None, str(closed)
    category = typed.get("category", "")
    may_go_on, told = closing.on_return(call, category, begun=held.begun, now=now, link=link)
    own = {"token": held.new_token(now=now), "edition": held.edition}
    initial = typed | own | ({"late": late} if link else {})
    form = form_of(call, initial=initial, kept=held.files)
    if not may_go_on:
        return _over(request, call, held, form, told=told, refusal=refusal)
    notice = _("This is your contribution as you saved it. It is not sent yet.")
    return page(request, call, form, held=held, refusal=told, notice=notice)


def _over(request, call, held, form, *, told, refusal):
    context = {
        "call": call,
        "token": form["token"].value(),
        "told": told,
        "refusal": refusal,
        "rows": rows_of(form, held.kept.content["typed"]),
        "files": held.files,
        "takes_codes": call.state == "published",
        "last_day": unfinished.last_day(call),
    }
    return render(request, "reports/calls/not_sent.html", context, status=INVALID if refusal else 200)


def by_token(do):
    """A view for the buttons of a page that a number has opened. Any other token opens nothing here."""

    @unkept
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request):
        if request.method != "POST":
            return HttpResponseRedirect(reverse("calls:door"), status=303)
        try:
            sending.refuse_haste(address_of(request))
            call, held = _opened_by(request.POST.get("token", ""))
        except VaultRefused as refusal:
            return _door(request, refusal)
        return do(request, call, held)

    return view


def _opened_by(token):
    ticket = tokens.read_ticket(token, now=timezone.now(), at_least=unfinished.AT_ONCE)
    found = unfinished.opened(ticket.number, intake.derive(ticket.number)) if ticket.came_back else None
    if found is None:
        raise TokenRefused(_("There is nothing unfinished here any more: it was sent, deleted, or never saved."))
    return found


def _door(request, refusal):
    answer = {"status": INVALID} if isinstance(refusal, TokenRefused) else how_to_say(refusal)
    context = {"form": DoorForm(), "refusal": str(refusal)}
    response = render(request, "reports/calls/door.html", context, status=answer["status"])
    return asks_to_wait(response, answer.get("retry_after"))


@by_token
def go_on(request, call, held):
    return come_back(request, call, held, late=request.POST.get("late", ""))


@by_token
def text(request, call, held):
    """What was typed, as a file to keep. Files that are kept with it have buttons of their own."""
    form = form_of(call, initial=held.kept.content["typed"])
    blocks = [call.title, *(f"{label}\n{words}" for label, words in rows_of(form, held.kept.content["typed"]))]
    blocks += [each.name for each in held.files]
    response = HttpResponse("\n\n".join(blocks) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{call.code}.txt")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@by_token
def file(request, call, held):
    """One of the kept files as it was saved, for whoever has the number; which one stands in no address."""
    asked = next((each for each in held.files if str(each.uuid) == request.POST.get("file")), None)
    try:
        if asked is None:
            raise Damaged("No file of this draft has this name.")
        return files.response(asked.as_upload().chunks(), asked.name)
    except Damaged:
        gone = _("This file is not kept any more, or it is damaged. The rest of what you saved is as it was.")
        return _door(request, TokenRefused(gone))


@by_token
def delete(request, call, held):
    if not request.POST.get("sure"):
        return come_back(request, call, held)
    unfinished.delete(held)
    return render(request, "reports/calls/deleted.html", {"call": call})
