"""The public register: published letters, one page a letter and a State. What is not public is not there at all."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from communications.models import Rendition
from communications.register import addresses, catalogue, exports
from communications.register.filters import RegisterFilter
from communications.register.profiles import by_state, profile

PER_PAGE = 20


def _page(request, template, letters, **context):
    form = RegisterFilter(request.GET, country=context.get("country"))
    found = form.narrow(letters)
    page = Paginator(catalogue.with_relations(found), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, template, context | {"form": form, "page": page})


@login_not_required
@require_safe
def register(request):
    return _page(request, "communications/register/list.html", catalogue.letters())


@login_not_required
@require_safe
def states(request):
    return render(request, "communications/register/states.html", {"states": by_state()})


@login_not_required
@require_safe
def state(request, iso3):
    if iso3 != iso3.upper():
        return redirect("communications:state", iso3=iso3.upper(), permanent=True)
    country = get_object_or_404(catalogue.states(), iso3=iso3)
    letters = catalogue.letters().filter(country=country)
    context = {"country": country, "profile": profile(country)}
    return _page(request, "communications/register/state.html", letters, **context)


@login_not_required
@require_safe
def detail(request, slug):
    letter = addresses.find(slug)
    if slug != addresses.slug_of(letter):
        return redirect(addresses.address_of(letter), permanent=True)
    found = catalogue.with_relations(catalogue.letters().filter(pk=letter.pk)).first()
    if found is None:
        raise Http404
    files = Rendition.objects.public().under(found)
    catalogue.attach(found, files, lambda file: reverse("communications:file", args=[slug, file.uuid]))
    context = {"slug": slug, "letter": found, "publication": catalogue.publication_of(found)}
    context["permanent"] = addresses.permanent_address(found)
    return render(request, "communications/register/detail.html", context)


@login_not_required
@require_safe
def export(request, form):
    return exports.response(RegisterFilter(request.GET).narrow(catalogue.letters()), form)
