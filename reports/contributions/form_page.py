"""The page with the form of a call, and what each of its answers shares."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from iesogi.vault import tokens
from iesogi.vault.gate import address_of
from iesogi.vault.guard import Buckets
from iesogi.vault.returning import asks_to_wait
from iesogi.vault.uploads import limits
from reports.calls import closing
from reports.contributions import unfinished
from reports.contributions.forms import ContributionForm
from reports.contributions.overtaken import Overtaken
from reports.contributions.rows import differing

# All who come over the onion service are one network.
tries = Buckets(burst=settings.INTAKE_BURST, per_minute=settings.INTAKE_PER_MINUTE)


def unkept(view):
    """No page of a form is kept by a browser or proxy, and none asks for a login."""

    @csrf_exempt
    @login_not_required
    @sensitive_post_parameters()
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    wrapped.__name__ = view.__name__
    return wrapped


def has_room(request) -> bool:
    return tries.allow(address_of(request))


def too_many() -> str:
    return _("Many forms came from your network just now. What you typed is kept; send it in a minute.")


def form_of(call, data=None, files=None, **kwargs):
    return ContributionForm(data, files, call=call, questions=list(call.questions.all()), **kwargs)


def page(request, call, form, *, held=None, refusal="", notice="", meanwhile=(), files_lost=False, status=200):
    """`held` where a number has opened what was begun before: then its files, and the way to delete it, are shown.

    Where that could not be opened this time, the token still tells that there is something to delete.
    """
    files_asked = any(each.kind == "file" for each in call.questions.all())
    token = (form["token"].value() or "") if form else ""
    came_back = unfinished.came_back(token, now=timezone.now())
    context = {
        "call": call,
        "form": form,
        "refusal": refusal,
        "notice": notice,
        "late": form["late"].value() if form else "",
        "limits": limits(),
        "standing": closing.standing(call, now=timezone.now()),
        "times": closing.times(call),
        "files_asked": files_asked,
        "files_lost": files_asked and (files_lost or bool(form and form.errors and form.files)),
        "grace": settings.CALL_GRACE_MINUTES,
        "meanwhile": meanwhile,
        "came_back": came_back,
        "may_delete": came_back and (held is None or held.kept is not None),
        "kept_files": labelled(form, held.files, request) if came_back and held else [],
        "taken_out": request.POST.getlist("take_out") if held is None else [],
        "token": token,
        "own_languages": other_languages(call) if came_back else [],
        "last_day": unfinished.last_day(call),
    }
    return render(request, "reports/calls/contribute.html", context, status=status)


def other_languages(call):
    """Code, name in the language itself, and where to post the page so that it comes back in it."""
    codes = [code for code, _label in settings.LANGUAGES if code != translation.get_language()]
    return [(code, translation.get_language_info(code)["name_local"], address_in(code, call)) for code in codes]


def address_in(code, call):
    with translation.override(code):
        return reverse("calls:contribute", args=[call.code])


def labelled(form, files, request):
    """Each file with the question that it answers, as far as this is still asked, and whether it was taken out."""
    taken_out = request.POST.getlist("take_out")
    found = []
    for each in files:
        field = form.fields.get(each.about)
        found.append({"file": each, "question": field.label if field else "", "out": str(each.uuid) in taken_out})
    return found


def not_sent(request, call, form, refused, *, now, held=None):
    """The page again with all that was typed, the sentence, and a token that the next try can use."""
    form.add_error(None, str(refused))
    form.data = form.data.copy()
    if refused.new_token:
        form.data["token"] = tokens.new_token(now=now)
    held, form.data["edition"] = now_held(refused, held, form.data.get("edition", ""))
    if refused.asks_number:
        form.ask_for_the_number()
    shown = {"held": held, "meanwhile": meanwhile(refused, form, form.typed())}
    return asks_to_wait(page(request, call, form, status=refused.status, **shown), refused.retry_after)


def now_held(refused, held, edition):
    """What the page that tells a refusal has seen: after another page was faster, what lies there now."""
    return (refused.held, refused.held.edition) if isinstance(refused, Overtaken) else (held, edition)


def meanwhile(refused, form, typed):
    """What another page has saved and this one does not have; shown to nobody whom no number let in."""
    if not isinstance(refused, Overtaken) or not refused.held.kept or not refused.held.ticket.came_back:
        return []
    return differing(form, refused.held.kept.content["typed"], typed)
