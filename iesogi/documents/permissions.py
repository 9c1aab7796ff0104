"""Who may read and ask for documents; every answer carries a sentence for the person refused."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision
from iesogi.documents.enums import State
from iesogi.documents.models import Document


def may_read(user: User | AnonymousUser, document: Document | None = None) -> Decision:
    if user.is_active and user.is_staff and user.has_perm("documents.view_document"):
        return ALLOWED
    return Decision(
        allowed=False,
        reason=_("Generated documents are open to staff of the mandate only. Ask an administrator for access."),
    )


def may_request(user: User | AnonymousUser) -> Decision:
    if user.is_active and user.is_staff and user.has_perm("documents.add_document"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role does not ask for documents. Ask a desk officer or the mandate holder.")
    )


def may_try_again(user: User | AnonymousUser, document: Document) -> Decision:
    if document.state != State.FAILED:
        return Decision(allowed=False, reason=_("Only a document that failed can be tried again."))
    return may_request(user)


def may_publish(user: User | AnonymousUser, document: Document) -> Decision:
    if document.state != State.READY:
        return Decision(allowed=False, reason=_("Only a ready document can be published. Wait until it is made."))
    if document.published_at is not None:
        return Decision(allowed=False, reason=_("This edition is published already."))
    if user.is_active and user.is_staff and user.has_perm("documents.change_document"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role does not publish documents. Ask a desk officer or the mandate holder.")
    )
