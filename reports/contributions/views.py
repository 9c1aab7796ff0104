"""The public form of a call. No account, no cookie, no script, no address of a computer kept; the page is the receipt.

The form carries no token against forged requests, because there is no session to forge for.
"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iesogi.vault import epochs, intake, receipts, sending, tokens
from iesogi.vault.enums import Slug
from iesogi.vault.exceptions import Busy, Damaged, NotOpenYet
from iesogi.vault.gate import address_of
from iesogi.vault.returning import INVALID, TOO_MANY
from iesogi.vault.sending import Confirmed, NotSent
from iesogi.vault.thread_pages import unjudged
from reports.calls import closing, word_form
from reports.calls.enums import CALL_LANGUAGES
from reports.calls.exceptions import CallClosed, NotTheForm
from reports.calls.models import Call
from reports.calls.views import public_call
from reports.contributions import form_page, overtaken, services, unfinished, unfinished_views
from reports.contributions.enums import Came
from reports.contributions.form_page import form_of, not_sent, page, unkept
from reports.contributions.services import Given, Place

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RECEIPT, DONE = "reports/calls/receipt.html", "reports/calls/done.html"


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request, code):
    now = timezone.now()
    if request.method == "POST":
        return _take(request, public_call(code, among=Call.objects.once_public()), now)
    call, form, status = public_call(code), None, 200
    late = request.GET.get("late", "")
    try:
        link = closing.late_link(call, late, now=now)
        refusal = ""
    except CallClosed as closed:
        link, refusal = None, str(closed)
    if closing.may_begin(call, link, now=now):
        try:
            epochs.refuse_unless_open([Slug.INPUTS])
            form = form_of(call, initial={"token": tokens.new_token(now=now), "late": late if link else ""})
        except NotOpenYet as closed:
            refusal, status = str(closed), 503
    return page(request, call, form, refusal=refusal, status=status)


contribute.judges_text = True


def _take(request, call, now):
    form = form_of(call, request.POST, request.FILES)
    try:
        if not form_page.has_room(request):
            raise NotSent(form_page.too_many(), status=TOO_MANY, retry_after=60)
        with sending.refusals_told(_lost()):
            token, number = request.POST.get("token", ""), request.POST.get("number", "")
            held = unfinished.held_by(call, token=token, number=number, now=now)
    except NotSent as refused:
        if "save" in request.POST or "show" in request.POST:
            return unfinished_views.not_kept(request, call, form.typed(), refused, now=now)
        # Nothing is judged yet: files that lie on the server already would count as missing.
        return not_sent(request, call, unjudged(form), refused, now=now)
    form = form_of(call, _with_token(request, held, now=now), request.FILES, kept=held.files)
    form.may_hurry = held.ticket.came_back
    if "save" in request.POST:
        return unfinished_views.save(request, call, form, held, now=now)
    if "show" in request.POST:
        return unfinished_views.in_another_language(request, call, form, held, now=now)
    return _judged(request, call, form, held, now=now)


def _lost():
    return _(
        "Your contribution could not be kept at this moment, so nothing was sent. What you typed is kept. "
        "Please send it again in a few minutes; it cannot arrive twice."
    )


def _with_token(request, held, *, now):
    """Once the number was typed again, the page has a token as if it had just been opened."""
    if "number" not in request.POST or not held.ticket.came_back:
        return request.POST
    data = request.POST.copy()
    data["token"] = held.new_token(now=now)
    del data["number"]
    return data


def _judged(request, call, form, held, *, now):
    if not form.is_valid():
        return page(request, call, form, held=held, status=INVALID)
    try:
        submitted = _sent(request, call, form, held, now=now)
    except NotSent as refused:
        return not_sent(request, call, form, refused, now=now, held=held)
    return received_page(request, call, submitted, held, token=form.cleaned_data["token"])


def _sent(request, call, form, held, *, now):
    """Raises NotSent, and then nothing is kept."""
    with sending.refusals_told(_lost()), overtaken.told(held):
        try:
            given = _given(form)
            place = _place(call, form, given.category, begun=held.begun, now=now)
            known = {"came_back": held.ticket.came_back, "seen": overtaken.seen_by(request)}
            return services.submit(
                call, given, number=held.derived, files=form.incoming(), place=place, at=now, **known
            )
        except (CallClosed, Damaged) as refusal:
            if known := intake.known(held.derived):  # it came in time, and comes a second time now
                return known
            raise NotSent(_sentence_of(refusal), status=409) from refusal


def _sentence_of(refusal):
    if isinstance(refusal, CallClosed):
        return str(refusal)
    return _("A file that was kept does not open any more. Take the kept files out, choose them again, and send.")


def _place(call, form, category, *, begun, now):
    link = closing.late_link(call, form.cleaned_data["late"], now=now)
    return Place(closing.judge(call, category, begun=begun, now=now, link=link), link)


def _given(form):
    names = ("category", "language", "publication", "country", "name", "cosigners", "email")
    said = {name: form.cleaned_data[name] for name in names}
    came = Came.WORD if form.cleaned_data["word"] else Came.FORM
    return Given(**said, answers=form.texts(), came=came, mail_language=get_language())


# --- After sending ---------------------------------------------------------------------------------


def received_page(request, call, submitted, held, *, token):
    """The number, once, until its last group was typed again, be it when it was saved or now."""
    is_known = held.ticket.came_back or (held.kept and held.kept.confirmed)
    if is_known or not submitted.may_show_number:
        return render(request, DONE, {"call": call, "is_repeat": not submitted.is_new, "is_known": is_known})
    context = {
        "call": call,
        "groups": receipts.grouped(held.ticket.number).split(),
        "token": token,
        "is_repeat": not submitted.is_new,
        "files": [each.name for each in submitted.files],
    }
    return render(request, RECEIPT, context)


@unkept
@require_POST
def confirm(request, code):
    """The last group was typed. From then on no page shows the number any more."""
    call = public_call(code)
    token, typed = request.POST.get("token", ""), request.POST.get("last", "")
    try:
        found = sending.confirm(token, typed, address=address_of(request), now=timezone.now())
    except (Busy, DatabaseError):
        problem = _("This could not be checked at the moment. Your contribution has arrived. Please try once more.")
        return render(request, RECEIPT, {"call": call, "token": token, "problem": problem}, status=503)
    if found.outcome != Confirmed.WRONG:
        return render(request, DONE, {"call": call, "is_late": found.outcome == Confirmed.LATE})
    problem = _("These are not the last four digits. Compare them with the number and type them again.")
    context = {"call": call, "groups": found.groups, "token": token, "problem": problem}
    return render(request, RECEIPT, context)


# --- The Word form ---------------------------------------------------------------------------------


@login_not_required
@require_safe
def word_form_file(request, code):
    call = public_call(code)
    language = (get_language() or "en")[:2]
    language = language if language in dict(CALL_LANGUAGES) else "en"
    body = word_form.make(call, list(call.questions.all()), language=language)
    response = HttpResponse(body, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"{call.code}-{language}.docx")
    return response


@unkept
@require_POST
def word_upload(request, code):
    """Read into the page, and nothing is kept: its author looks at it and sends it."""
    call, now = public_call(code), timezone.now()
    late = request.POST.get("late", "")
    try:
        link = closing.late_link(call, late, now=now)
    except CallClosed as closed:
        return page(request, call, None, refusal=str(closed), status=409)
    if not closing.may_begin(call, link, now=now):
        return page(request, call, None, refusal=_("This call takes no contributions now."), status=409)
    initial = {"token": tokens.new_token(now=now), "late": late if link else ""}
    if not form_page.has_room(request):
        refusal = _("Many forms came from your network just now. Send it again in a minute.")
        return page(request, call, form_of(call, initial=initial), refusal=refusal, status=TOO_MANY)
    try:
        filled = word_form.read(_word_file(request), call, list(call.questions.all()))
    except NotTheForm as refused:
        return page(request, call, form_of(call, initial=initial), refusal=str(refused), status=INVALID)
    count = len(filled.answers)
    notice = ngettext(
        "Your Word form was read: %(count)d answer. Look at it, fill in the rest, and send; nothing was sent yet.",
        "Your Word form was read: %(count)d answers. Look at them, fill in the rest, and send; nothing was sent yet.",
        count,
    ) % {"count": count}
    answers = {f"q{number}": text for number, text in filled.answers.items()}
    initial |= answers | {"word": "1", "name": filled.name, "cosigners": filled.cosigners}
    return page(request, call, form_of(call, initial=initial), notice=notice)


def _word_file(request):
    upload = request.FILES.get("form")
    if upload is None:
        raise NotTheForm(_("No file was chosen. Choose your filled Word form, and press the button again."))
    if upload.problem:
        raise NotTheForm(upload.problem)
    return upload
