"""The page that the number of a contribution opens. No address holds an id, and no page needs a script."""

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

from iesogi.vault import cookies, intake, receipts, sessions
from iesogi.vault.cookies import Cookie
from iesogi.vault.exceptions import UnknownNumber, VaultRefused
from iesogi.vault.gate import address_of
from iesogi.vault.guard import Buckets
from iesogi.vault.number_forms import DoorForm
from iesogi.vault.returning import INVALID, TooManyTries, asks_to_wait, how_to_say, with_box
from iesogi.vault.uploads import limits
from reports.contributions import thread as services
from reports.contributions import unfinished
from reports.contributions.thread import LESS, AlreadySent
from reports.contributions.thread_forms import AddForm, RestrictForm, WithdrawForm
from reports.contributions.unfinished_views import come_back

tries = Buckets(burst=settings.RETURN_BURST, per_minute=settings.RETURN_PER_MINUTE)
BUTTONS = {
    "add": gettext_lazy("Send"),
    "restrict": gettext_lazy("Change it"),
    "withdraw": gettext_lazy("Withdraw it"),
}
NOTICES = {
    "add": gettext_lazy("It has arrived and is sealed."),
    "restrict": gettext_lazy("It is changed. What stood in public beyond that has been taken away."),
    "withdraw": gettext_lazy("Your contribution is withdrawn. Nothing of it is used or shown any more."),
}


def unkept(view):
    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request):
        response = view(request)
        add_never_cache_headers(response)
        return response

    return wrapped


@unkept
def door(request):
    form = DoorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        thread, answer = _opened_by(request, form, also=unfinished.opened)
        if thread:
            return with_box(HttpResponseRedirect(reverse("calls:page"), status=303), request, thread)
        if "unfinished" in answer:
            return come_back(request, *answer["unfinished"])
        return _door(request, form, **answer)
    return _door(request, form, status=INVALID if form.is_bound else 200)


def _door(request, form, *, status=200, retry_after=None, is_over=False):
    response = render(request, "reports/calls/door.html", {"form": form, "is_over": is_over}, status=status)
    return asks_to_wait(response, retry_after)


def _opened_by(request, form, *, also=None):
    """The thread; or None, and how to answer with the complaint that the form now holds.

    `also` is asked what else this number opens; its answer then comes as `unfinished`.
    """
    try:
        if not tries.allow(address_of(request)):
            raise TooManyTries(_("Many numbers came from your network just now. Wait a minute and send it again."))
        number = receipts.read_number(form.cleaned_data["number"])
        derived = intake.derive(number)
        try:
            thread = intake.open_derived(derived)
        except UnknownNumber:
            if found := also and also(number, derived):
                return None, {"unfinished": found}
            raise
        services.contribution_of(thread)
    except VaultRefused as refusal:
        form.add_error("number", str(refusal))
        return None, how_to_say(refusal)
    return thread, {}


def _thread_of(request):
    thread = sessions.reporter(cookies.read(request, Cookie.REPORTER))
    try:
        return thread if thread and services.contribution_of(thread) else None
    except UnknownNumber:
        return None


@unkept
def page(request):
    thread = _thread_of(request)
    if thread is None:
        return _door(request, DoorForm(), is_over=bool(cookies.read(request, Cookie.REPORTER)))
    return _page(request, thread)


def _page(request, thread, *, status=200, notice="", **shown):
    """All forms fresh, but for the one that `shown` brings with its complaints."""
    found = services.page_of(thread)
    own = {"add": AddForm(prefix="add"), "withdraw": WithdrawForm(prefix="withdraw"), "restrict": None}
    if found.choices_left:
        own["restrict"] = RestrictForm(prefix="restrict", choices=found.choices_left)
    context = own | {"page": found, "limits": limits(), "words": BUTTONS, "notice": notice} | shown
    context["forms"] = list(shown.values())
    return render(request, "reports/calls/page.html", context, status=status)


@unkept
def close(request):
    """The page ends here and the browser keeps nothing that opens it."""
    sessions.end(cookies.read(request, Cookie.REPORTER))
    response = render(request, "reports/calls/closed.html")
    cookies.drop(response, Cookie.REPORTER)
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response


def act(name, form_class, do, **given):
    """A view that takes one form. One that comes too late is shown alone, with its text and a field for the number."""

    @unkept
    def view(request):
        if request.method != "POST":
            return HttpResponseRedirect(reverse("calls:page"), status=303)
        thread = _thread_of(request)
        form = form_class(request.POST, request.FILES, prefix=name, late=thread is None, **given)
        is_valid, answer, is_late = form.is_valid(), {"status": INVALID}, thread is None
        if is_late and form.cleaned_data.get("number"):
            thread, answer = _opened_by(request, form)
            is_valid = is_valid and thread
        if thread is None:
            return _late(request, name, form, **answer)
        response = _done(request, thread, name, form, do) if is_valid else None
        response = response or _page(request, thread, status=INVALID, **{name: form})
        return with_box(response, request, thread) if is_late else response

    return view


def _late(request, name, form, *, status, retry_after=None):
    context = {"form": form, "name": name, "button": BUTTONS[name], "limits": limits() if name == "add" else None}
    return asks_to_wait(render(request, "reports/calls/late.html", context, status=status), retry_after)


def _done(request, thread, name, form, do):
    """None when the write was refused; the form then holds the sentence."""
    try:
        do(thread, form)
    except AlreadySent as repeat:
        return _page(request, thread, notice=str(repeat))
    except VaultRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    return _page(request, thread, notice=NOTICES[name])


def _add(thread, form):
    said = form.cleaned_data
    services.add(thread, once=said["once"], text=said["text"], files=form.incoming(), at=timezone.now())


def _restrict(thread, form):
    said = form.cleaned_data
    services.restrict(thread, once=said["once"], publication=said["publication"], at=timezone.now())


def _withdraw(thread, form):
    services.withdraw(thread, once=form.cleaned_data["once"], at=timezone.now())


add = act("add", AddForm, _add)
restrict = act("restrict", RestrictForm, _restrict, choices=[(each.value, each.label) for each in LESS[1:]])
withdraw = act("withdraw", WithdrawForm, _withdraw)
