"""One door before every address of the register, so that no view added later can forget to ask (R13)."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from iesogi.accounts.permissions import may_work_on_communications

APP = "communications"


class CommunicationsGate:
    """Stands after the login: 403 with the reason for everyone who is not paid by OHCHR."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.user.is_authenticated and leads_to_letters(request):
            decision = may_work_on_communications(request.user)
            if not decision:
                raise PermissionDenied(decision.reason)


def leads_to_letters(request) -> bool:
    """Anything under the app's address, and the suggestions that its forms ask the site for."""
    suggestions = request.resolver_match.view_name == "admin:autocomplete" and request.GET.get("app_label") == APP
    return suggestions or request.path.startswith(reverse("admin:app_list", kwargs={"app_label": APP}))
