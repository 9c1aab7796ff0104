"""Who may read and ask for documents; every answer carries a sentence for the person refused."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision
from iesogi.documents.models import Document


def may_read(user: User | AnonymousUser, document: Document | None = None) -> Decision:
    if user.is_active and user.is_staff and user.has_perm("documents.view_document"):
        return ALLOWED
    return Decision(
        allowed=False,
        reason=_("Generated documents are open to staff of the mandate only. Ask an administrator for access."),
    )


def may_request(user: User | AnonymousUser, document: Document | None = None) -> Decision:
    """Ask for documents, try failed ones again, and publish."""
    if user.is_active and user.is_staff and user.has_perm("documents.add_document"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role does not ask for documents. Ask a desk officer or the mandate holder.")
    )
