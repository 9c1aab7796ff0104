"""The pages that a number opens, for whichever room keeps what it opens: the door, the open page, its forms, its end.

No address holds an id, no answer is kept by a browser, and no page needs a script. The first cookie is the one against
forged forms, at the first page here; the second holds the key of this thread.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iesogi.vault import cookies, intake, receipts, sessions
from iesogi.vault.cookies import Cookie
from iesogi.vault.exceptions import AlreadySent, UnknownNumber, VaultRefused
from iesogi.vault.gate import address_of
from iesogi.vault.guard import Buckets
from iesogi.vault.intake import Derived, Thread
from iesogi.vault.number_forms import DoorForm
from iesogi.vault.returning import INVALID, TooManyTries, asks_to_wait, how_to_say, with_box
from iesogi.vault.uploads import limits

FORBIDDEN = 403


class ThreadPages:
    """A room says what is its own; `door`, `page`, `close` and whatever `act` returns are views for its addresses.

    A view `offers_again` what was typed where the cookie against forged forms was lost.
    """

    templates: str  # the folder of door.html, page.html and closed.html
    form: str  # the template of a single form
    home: str  # name of the address of the open page
    buttons: dict[str, str]  # the words on the button of each form

    def __init__(self) -> None:
        # All who come over the onion service are one network; the places for deriving keys are the real floor.
        self.tries = Buckets(burst=settings.RETURN_BURST, per_minute=settings.RETURN_PER_MINUTE)
        self.door = self._unkept(self._at_the_door, again=self._door_again)
        self.page = self._unkept(self._open_page)
        self.close = self._unkept(self._end)

    # --- What a room says -------------------------------------------------------------------------

    def find(self, thread: Thread) -> object:
        """What the room keeps of it. Raises UnknownNumber where that is nothing."""
        raise NotImplementedError

    def own(self, thread: Thread) -> dict[str, Any]:
        """What the open page shows: under the name of each form a fresh one, and whatever else it needs."""
        raise NotImplementedError

    def after(self, name: str, outcome: Any) -> dict[str, Any]:
        """What the open page shows once a form has done its work."""
        raise NotImplementedError

    def after_repeat(self, sentence: str) -> dict[str, Any]:
        """What it shows when the same form came a second time."""
        raise NotImplementedError

    def elsewhere(self, request: HttpRequest, number: str, derived: Derived) -> HttpResponse | None:
        """Another page that a number opens at the door where it opens no thread."""
        return None

    # --- The door ---------------------------------------------------------------------------------

    def _at_the_door(self, request):
        form = DoorForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return self._door(request, form, status=INVALID if form.is_bound else 200)
        opened = self._opened(request, form, elsewhere=self.elsewhere)
        if isinstance(opened, Thread):
            return with_box(HttpResponseRedirect(reverse(self.home), status=303), request, opened)
        return opened if isinstance(opened, HttpResponse) else self._door(request, form, **opened)

    def _door(self, request, form, *, status=200, retry_after=None, **said):
        response = render(request, f"{self.templates}/door.html", {"form": form, **said}, status=status)
        return asks_to_wait(response, retry_after)

    def _door_again(self, request):
        return self._door(request, unjudged(DoorForm(request.POST)), status=FORBIDDEN, is_lost=True)

    def _ended(self, request, sentence):
        form = DoorForm({"number": ""})
        form.errors.clear()
        form.add_error(None, sentence)
        response = self._door(request, form, status=INVALID)
        cookies.drop(response, Cookie.REPORTER)
        return response

    def _opened(self, request, form, *, elsewhere=None):
        """The thread; or how to answer with the complaint that the form now holds; or the answer of `elsewhere`."""
        try:
            if not self.tries.allow(address_of(request)):
                raise TooManyTries(_("Many numbers came from your network just now. Wait a minute and send it again."))
            number = receipts.read_number(form.cleaned_data["number"])
            derived = intake.derive(number)
            try:
                thread = intake.open_derived(derived)
            except UnknownNumber:
                if response := elsewhere and elsewhere(request, number, derived):
                    return response
                raise
            self.find(thread)
        except VaultRefused as refusal:
            form.add_error("number", str(refusal))
            return how_to_say(refusal)
        return thread

    def _thread_of(self, request):
        thread = sessions.reporter(cookies.read(request, Cookie.REPORTER))
        try:
            return thread if thread and self.find(thread) else None
        except UnknownNumber:
            return None

    # --- The open page ----------------------------------------------------------------------------

    def _open_page(self, request):
        thread = self._thread_of(request)
        if thread is None:
            return self._door(request, DoorForm(), is_over=bool(cookies.read(request, Cookie.REPORTER)))
        return self._page(request, thread)

    def _page(self, request, thread, *, status=200, **shown):
        """All forms fresh, but for the one that `shown` brings with its complaints."""
        context = self.own(thread) | {"limits": limits(), "words": self.buttons} | shown
        context["forms"] = [each for each in shown.values() if isinstance(each, Form)]
        return render(request, f"{self.templates}/page.html", context, status=status)

    def _end(self, request):
        """The page ends here and the browser keeps nothing that opens it."""
        sessions.end(cookies.read(request, Cookie.REPORTER))
        response = render(request, f"{self.templates}/closed.html")
        cookies.drop(response, Cookie.REPORTER)
        response.delete_cookie(settings.CSRF_COOKIE_NAME)
        return response

    # --- Its forms --------------------------------------------------------------------------------

    def act(self, name: str, form_class: type[Form], do: Callable[[Thread, Form], Any], **given: Any) -> Callable:
        """A view that takes one form: `do` writes and returns what `after` shows. `given` goes to the form.

        A form that comes too late is shown alone, with its text and a field for the number, and goes on from there.
        """

        def view(request):
            if request.method != "POST":
                return HttpResponseRedirect(reverse(self.home), status=303)
            thread = self._thread_of(request)
            form = form_class(request.POST, request.FILES, prefix=name, late=thread is None, **given)
            if thread is None:
                return self._too_late(request, name, form, do)
            return self._taken(request, thread, name, form, do, is_valid=form.is_valid())

        def again(request):
            had_one = cookies.read(request, Cookie.REPORTER)
            form = form_class(request.POST, prefix=name, late=not had_one, **given)
            return self._late(request, name, unjudged(form), status=FORBIDDEN, is_lost=True)

        return self._unkept(view, again=again)

    def _too_late(self, request, name, form, do):
        is_valid = form.is_valid()
        if not form.cleaned_data.get("number"):
            return self._late(request, name, form, status=INVALID)
        opened = self._opened(request, form)
        if not isinstance(opened, Thread):
            return self._late(request, name, form, **opened)
        return with_box(self._taken(request, opened, name, form, do, is_valid=is_valid), request, opened)

    def _late(self, request, name, form, *, status, retry_after=None, is_lost=False):
        context = {"form": form, "name": name, "button": self.buttons[name], "is_lost": is_lost}
        context |= {"limits": limits() if name == "add" else None, "template": self.form}
        return asks_to_wait(render(request, "vault/late.html", context, status=status), retry_after)

    def _taken(self, request, thread, name, form, do, *, is_valid):
        shown = self._done(thread, name, form, do) if is_valid else None
        if shown is None:
            return self._page(request, thread, status=INVALID, **{name: form})
        return self._page(request, thread, **shown)

    def _done(self, thread, name, form, do):
        """None when the write was refused; the form then holds the sentence."""
        try:
            return self.after(name, do(thread, form))
        except AlreadySent as repeat:
            return self.after_repeat(str(repeat))
        except UnknownNumber:
            raise
        except VaultRefused as refusal:
            form.add_error(None, str(refusal))
            return None

    # --- Around each view -------------------------------------------------------------------------

    def _unkept(self, answer, *, again=None):
        @login_not_required
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(answer)
        def view(request):
            try:
                response = answer(request)
            except UnknownNumber as ended:  # it was erased while its page was open
                response = self._ended(request, str(ended))
            add_never_cache_headers(response)
            return response

        if again:
            view.offers_again = self._unkept(again)
        return view


def unjudged(form: Form) -> Form:
    """What was typed, without a complaint: nobody asked for anything yet."""
    form.full_clean()
    form.errors.clear()
    return form
