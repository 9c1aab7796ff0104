"""Staff without a second factor reach only the pages that set one up."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Setting up and leaving; and the steps in between that allauth asks for, such as the password again.
OPEN_NAMES = {
    "account_logout",
    "account_reauthenticate",
    "exit",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}


class SecondFactorMiddleware:
    """A trial (DEMO=1) does without, and every page says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if settings.DEMO or not self._is_locked(request) or request.resolver_match.url_name in OPEN_NAMES:
            return None
        messages.warning(
            request,
            _("Set up a second factor to go on. Without one, a password that leaks is enough to get in."),
        )
        return redirect("mfa_index")

    def _is_locked(self, request):
        return request.user.is_authenticated and request.user.is_staff and not is_mfa_enabled(request.user)
