"""The return page. No address holds an id, no answer is kept by a browser, and no page needs a script.

The first cookie is the one against forged forms, at the first page here; the second holds the key of this thread.
"""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from communications.thread import forms, services
from communications.thread.exceptions import AlreadySent
from iesogi.vault import cookies, intake, sessions
from iesogi.vault.cookies import Cookie
from iesogi.vault.exceptions import UnknownNumber, VaultRefused
from iesogi.vault.gate import address_of
from iesogi.vault.guard import Buckets
from iesogi.vault.number_forms import DoorForm
from iesogi.vault.returning import INVALID, TooManyTries, asks_to_wait, how_to_say, with_box
from iesogi.vault.uploads import limits

# All who come over the onion service are one network; the places for deriving keys are the real floor.
tries = Buckets(burst=settings.RETURN_BURST, per_minute=settings.RETURN_PER_MINUTE)
FORBIDDEN = 403
BUTTONS = {
    "add": gettext_lazy("Send"),
    "reprisal": gettext_lazy("Tell the team of reprisals"),
    "consent": gettext_lazy("Change consent"),
    "withdraw": gettext_lazy("Withdraw all consent"),
}


def unkept(view):
    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request):
        try:
            response = view(request)
        except UnknownNumber as ended:  # the report was erased while its page was open
            response = _ended(request, str(ended))
        add_never_cache_headers(response)
        return response

    return wrapped


# --- The door -------------------------------------------------------------------------------------


@unkept
def door(request):
    form = DoorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        thread, answer = _opened_by(request, form)
        if thread:
            return with_box(HttpResponseRedirect(reverse("thread:page"), status=303), request, thread)
        return _door(request, form, **answer)
    return _door(request, form, status=INVALID if form.is_bound else 200)


def _door(request, form, *, status=200, retry_after=None, **said):
    response = render(request, "communications/thread/door.html", {"form": form, **said}, status=status)
    return asks_to_wait(response, retry_after)


@unkept
def _door_again(request):
    return _door(request, unjudged(DoorForm(request.POST)), status=FORBIDDEN, is_lost=True)


door.offers_again = _door_again


def _ended(request, sentence):
    form = DoorForm({"number": ""})
    form.errors.clear()
    form.add_error(None, sentence)
    response = _door(request, form, status=INVALID)
    cookies.drop(response, Cookie.REPORTER)
    return response


def _opened_by(request, form):
    """The thread; or None, and how to answer with the complaint that the form now holds."""
    try:
        if not tries.allow(address_of(request)):
            raise TooManyTries(_("Many numbers came from your network just now. Wait a minute and send it again."))
        thread = intake.open_by_number(form.cleaned_data["number"])
        services.case_of(thread)
    except VaultRefused as refusal:
        form.add_error("number", str(refusal))
        return None, how_to_say(refusal)
    return thread, {}


def _thread_of(request):
    thread = sessions.reporter(cookies.read(request, Cookie.REPORTER))
    return thread if thread and _is_there(thread) else None


def _is_there(thread):
    try:
        return bool(services.case_of(thread))
    except UnknownNumber:
        return False


# --- The open page ----------------------------------------------------------------------------------


def _page(request, thread, *, status=200, **shown):
    """All forms fresh, but for the one that `shown` brings with its complaints."""
    own = {
        "add": forms.AddForm(prefix="add"),
        "reprisal": forms.ReprisalForm(prefix="reprisal"),
        "consent": forms.ConsentForm(prefix="consent"),
        "withdraw": forms.WithdrawForm(prefix="withdraw"),
    }
    context = own | {"page": services.page_of(thread), "limits": limits(), "words": BUTTONS} | shown
    context["forms"] = [form for name, form in shown.items() if name in own]
    return render(request, "communications/thread/page.html", context, status=status)


@unkept
def page(request):
    thread = _thread_of(request)
    if thread is None:
        had_one = bool(cookies.read(request, Cookie.REPORTER))
        return _door(request, DoorForm(), is_over=had_one)
    return _page(request, thread)


@unkept
def close(request):
    """The page ends here and the browser keeps nothing that opens it."""
    sessions.end(cookies.read(request, Cookie.REPORTER))
    response = render(request, "communications/thread/closed.html")
    cookies.drop(response, Cookie.REPORTER)
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response


def act(name, form_class, do):
    """A view that takes one form: `do(thread, form)` writes and answers what the notice shows.

    A form that comes too late is shown alone, with its text and a field for the number, and goes on from there.
    """

    @unkept
    def view(request):
        if request.method != "POST":
            return HttpResponseRedirect(reverse("thread:page"), status=303)
        thread = _thread_of(request)
        form = form_class(request.POST, request.FILES, prefix=name, late=thread is None)
        is_valid, answer, is_late = form.is_valid(), {"status": INVALID}, thread is None
        if is_late and form.cleaned_data.get("number"):
            thread, answer = _opened_by(request, form)
            is_valid = is_valid and thread
        if thread is None:
            return _late(request, name, form, **answer)
        response = _done(request, thread, name, form, do) if is_valid else None
        response = response or _page(request, thread, status=INVALID, **{name: form})
        return with_box(response, request, thread) if is_late else response

    @unkept
    def again(request):
        form = form_class(request.POST, prefix=name, late=not cookies.read(request, Cookie.REPORTER))
        return _late(request, name, unjudged(form), status=FORBIDDEN, is_lost=True)

    view.offers_again = again
    return view


def unjudged(form):
    """What was typed, without a complaint: nobody asked for anything yet."""
    form.full_clean()
    form.errors.clear()
    return form


def _late(request, name, form, *, status, retry_after=None, is_lost=False):
    context = {"form": form, "name": name, "button": BUTTONS[name], "is_lost": is_lost}
    context["limits"] = limits() if name == "add" else None
    return asks_to_wait(render(request, "communications/thread/late.html", context, status=status), retry_after)


def _done(request, thread, name, form, do):
    """None when the write was refused; the form then holds the sentence."""
    try:
        shown = {"done": name, "stored": do(thread, form)}
    except AlreadySent as refusal:
        shown = {"done": "again", "sentence": str(refusal)}
    except UnknownNumber:
        raise
    except VaultRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    return _page(request, thread, **shown)


def _add(thread, form):
    cleaned = form.cleaned_data
    return services.add(
        thread,
        once=cleaned["once"],
        about=cleaned["about"],
        text=cleaned["text"],
        files=form.incoming(),
        at=timezone.now(),
    )


def _reprisal(thread, form):
    cleaned = form.cleaned_data
    services.add(thread, once=cleaned["once"], about="reprisal", text=cleaned["text"], at=timezone.now())


def _consent(thread, form):
    services.answer(thread, code=form.code(), answers=form.answers(), **_said(form))


def _withdraw(thread, form):
    services.withdraw(thread, code=form.code(), **_said(form))


def _said(form):
    return {"once": form.cleaned_data["once"], "words": form.cleaned_data["words"], "at": timezone.now()}


add = act("add", forms.AddForm, _add)
reprisal = act("reprisal", forms.ReprisalForm, _reprisal)
consent = act("consent", forms.ConsentForm, _consent)
withdraw = act("withdraw", forms.WithdrawForm, _withdraw)
