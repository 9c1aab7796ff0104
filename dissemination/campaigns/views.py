"""Campaigns for everybody: what they ask for, who signs, and totals that add up.

The forms carry no token against forged requests, because there is no session to forge for and a token would set a
cookie: what is typed counts only once a mail was answered.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dissemination.campaigns import mails, services
from dissemination.campaigns.enums import CampaignKind, SignatureState
from dissemination.campaigns.exceptions import CampaignRefused
from dissemination.campaigns.forms import SignersFilter, SignForm
from dissemination.campaigns.models import Campaign, Signature
from dissemination.campaigns.renewal import countdown
from dissemination.campaigns.totals import printed, totals
from dissemination.markdown import to_html
from iesogi.reference.querysets.countries import name_field
from iesogi.vault.gate import address_of
from iesogi.vault.guard import Buckets

PER_PAGE = 50
GONE = gettext_lazy("This link is no longer good.")
# An office that signs for its members at once is not stopped; a machine is.
tries = Buckets(burst=10, per_minute=6)


@login_not_required
@require_safe
def campaign_list(request):
    found = Campaign.objects.public().prefetch_related("texts").order_by("-state", "kind", "-decides_year", "code")
    return render(
        request,
        "dissemination/campaigns/list.html",
        {
            "calls": [each for each in found if each.kind == CampaignKind.GLOBAL_CALL],
            "renewals": [each for each in found if each.kind == CampaignKind.RENEWAL],
            "countdown": countdown(on=timezone.localdate()),
        },
    )


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_detail(request, code):
    campaign = get_object_or_404(Campaign.objects.public().prefetch_related("texts"), code=code)
    if request.method != "POST":
        return _page(request, campaign, SignForm() if campaign.is_taking_signatures else None)
    form, status = SignForm(request.POST), 422
    if not tries.allow(address_of(request)):
        form.is_valid()
        form.add_error(
            None, _("Many forms came from your network just now. What you typed is kept; send it again in a minute.")
        )
        status = 429
    elif form.is_valid() and _signed(campaign, form):
        return redirect("campaigns:asked", code=campaign.code)
    return _page(request, campaign, form, status=status)


def _signed(campaign, form):
    try:
        return services.sign(campaign, language=get_language(), **form.signature())
    except CampaignRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _page(request, campaign, form, *, status=200):
    narrowing = SignersFilter(request.GET)
    listed = narrowing.narrow(Signature.objects.listed().filter(campaign=campaign))
    fields = ("organisation", "level", "region", f"country__{name_field()}", "country__name_en")
    listed = listed.select_related("country").order_by("organisation").only("campaign", *fields)
    context = {
        "campaign": campaign,
        "statement": to_html(campaign.text.statement) if campaign.text else "",
        "form": form,
        "totals": totals(campaign) if campaign.takes_signatures else None,
        "printed": printed(campaign),
        "narrowing": narrowing,
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")) if campaign.takes_signatures else None,
        "countdown": countdown(on=timezone.localdate()) if campaign.is_renewal_ahead else None,
    }
    return render(request, "dissemination/campaigns/detail.html", context, status=status)


@login_not_required
@require_safe
def signature_asked(request, code):
    campaign = get_object_or_404(Campaign.objects.public().prefetch_related("texts"), code=code)
    return render(request, "dissemination/campaigns/asked.html", {"campaign": campaign})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def signature_confirm(request, token):
    """The link of the mail only shows; the button does it, because programs that check mails open links too.

    What the button did is shown by the page itself, so that a reload repeats nothing.
    """
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("step") == "withdraw":
                services.withdraw(_signature_of(token, Signature.objects.select_related("campaign")))
            elif services.confirm(mails.id_in(token)) is None:
                raise Http404(GONE)
        except CampaignRefused as refused:
            refusal = str(refused)
        else:
            return _kept_from_others(HttpResponseRedirect(request.path, status=303))
    signatures = Signature.objects.select_related("campaign", "country").prefetch_related("campaign__texts")
    signature = _signature_of(token, signatures)
    context = {
        "signature": signature,
        "refusal": refusal,
        "State": SignatureState,
        "withdrawn": signature.reason == services.WITHDRAWN,
    }
    status = 409 if refusal else 200
    return _kept_from_others(render(request, "dissemination/campaigns/confirm.html", context, status=status))


def _kept_from_others(response):
    """No cache and no search engine keeps what only the owner of the link may see."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _signature_of(token, signatures):
    public_id = mails.id_in(token)
    found = signatures.filter(public_id=public_id).first() if public_id else None
    if found is None or found.campaign.anonymised_at:
        raise Http404(GONE)
    return found
