"""The newsletter for everybody. No session and so no token against forged requests: a signed link of a mail decides.

Nothing here can be joined with what people tell the mandate: another table, no name, and the address goes on leaving.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dissemination.markdown import to_html
from dissemination.newsletter import links, services
from dissemination.newsletter.enums import SubscriptionState
from dissemination.newsletter.forms import PreferencesForm, SubscribeForm
from dissemination.newsletter.models import Issue, NewsletterList, Subscriber
from iesogi.vault.gate import address_of
from iesogi.vault.guard import Buckets

PER_PAGE = 20
tries = Buckets(burst=10, per_minute=6)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request):
    if request.method != "POST":
        form = SubscribeForm(initial={"language": get_language()})
        return _subscribe_page(request, form)
    form, status = SubscribeForm(request.POST), 422
    if not tries.allow(address_of(request)):
        form.is_valid()
        form.add_error(
            None, _("Many forms came from your network just now. What you typed is kept; send it again in a minute.")
        )
        status = 429
    elif form.is_valid():
        cleaned = form.cleaned_data
        services.ask(cleaned["email"], cleaned["lists"], language=cleaned["language"])
        return redirect("newsletter:asked")
    return _subscribe_page(request, form, status=status)


def _subscribe_page(request, form, *, status=200):
    latest = Issue.objects.archived().select_related("list").order_by("-sending_since")[:3]
    return render(request, "dissemination/newsletter/subscribe.html", {"form": form, "latest": latest}, status=status)


@login_not_required
@require_safe
def asked(request):
    return render(request, "dissemination/newsletter/asked.html")


def _subscriber_of(token):
    """(subscriber, number of the list that the mail was of)."""
    named = links.named_by(token)
    if named is None:
        raise Http404(_("This link is no longer good."))
    return get_object_or_404(Subscriber, public_id=named.public_id), named.list


def _own_page(request, template, context, *, status=200):
    response = render(request, f"dissemination/newsletter/{template}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The link only shows; the button does it, because programs that check mails open links too."""
    subscriber, _list = _subscriber_of(token)
    begun = services.confirm(subscriber) if request.method == "POST" else 0
    subscriptions = list(subscriber.subscriptions.select_related("list").order_by("list__code"))
    context = {
        "token": links.token_of(subscriber),
        "begun": begun,
        "waiting": [each for each in subscriptions if each.state == SubscriptionState.PENDING],
        "active": [each for each in subscriptions if each.state == SubscriptionState.ACTIVE],
    }
    return _own_page(request, "confirm", context)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request, token):
    subscriber, _list = _subscriber_of(token)
    if not subscriber.email:
        return _own_page(request, "gone", {})
    active = subscriber.subscriptions.filter(state=SubscriptionState.ACTIVE).values_list("list", flat=True)
    initial = {"lists": list(active), "language": subscriber.language}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=initial)
    saved = form.is_valid()
    if saved:
        subscriber = services.choose(subscriber, form.cleaned_data["lists"], language=form.cleaned_data["language"])
        if not subscriber.email:
            return _own_page(request, "gone", {})
    context = {"form": form, "saved": saved, "token": token}
    return _own_page(request, "preferences", context, status=422 if form.errors else 200)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, token):
    """A mail program posts here with one click (RFC 8058); a person sees a page with two buttons."""
    subscriber, list_id = _subscriber_of(token)
    of = NewsletterList.objects.filter(pk=list_id).first()
    if request.method == "POST":
        subscriber = services.leave(subscriber, None if request.POST.get("all") else of)
        if not subscriber.email:
            return _own_page(request, "gone", {})
    own = subscriber.subscriptions.filter(state=SubscriptionState.ACTIVE)
    context = {"of": of, "left": request.method == "POST", "token": token, "is_on_it": own.filter(list=of).exists()}
    return _own_page(request, "leave" if subscriber.email else "gone", context)


@login_not_required
@require_safe
def archive(request):
    issues = Issue.objects.archived().select_related("list").order_by("-sending_since", "-pk")
    page = Paginator(issues, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "dissemination/newsletter/archive.html", {"page": page})


@login_not_required
@require_safe
def issue(request, slug):
    found = get_object_or_404(Issue.objects.archived().select_related("list"), slug=slug)
    return render(request, "dissemination/newsletter/issue.html", {"issue": found, "body": to_html(found.body)})
