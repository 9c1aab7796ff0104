"""After sending: the number, once, until its last group was typed again. The answer to the post is the page itself."""

from django.db import DatabaseError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.vault import receipts, sending
from iesogi.vault.enums import FileOutcome, Reason
from iesogi.vault.exceptions import Busy
from iesogi.vault.gate import address_of
from iesogi.vault.sending import Confirmed

RECEIPT, DONE = "communications/intake/receipt.html", "communications/intake/done.html"


def received_page(request, received, *, token):
    submitted = received.submitted
    if not submitted.may_show_number:
        return render(request, DONE, {"is_repeat": True})
    context = {
        "groups": receipts.grouped(received.number).split(),
        "token": token,
        "is_repeat": not submitted.is_new,
        "files": [file_note(each) for each in submitted.files if each.outcome != FileOutcome.CLEANED],
    }
    return render(request, RECEIPT, context)


def file_note(stored):
    """Name and a sentence. What a scanner found is for staff alone."""
    if stored.outcome == FileOutcome.LEFT_OUT:
        return stored.name, _("It could not be cleaned, so it was left out, as you chose.")
    if stored.reason and stored.reason != Reason.INFECTED:
        return stored.name, f"{stored.reason.label} " + _("It was kept for the few people who may know who you are.")
    return stored.name, _("It was kept for the few people who may know who you are.")


def confirm(request):
    """The last group was typed. From then on no page shows the number any more."""
    token, typed = request.POST.get("token", ""), request.POST.get("last", "")
    try:
        found = sending.confirm(token, typed, address=address_of(request), now=timezone.now())
    except (Busy, DatabaseError):
        problem = _("This could not be checked at the moment. Your report has arrived. Please try once more.")
        return render(request, RECEIPT, {"token": token, "problem": problem}, status=503)
    if found.outcome != Confirmed.WRONG:
        is_confirmed, is_late = found.outcome == Confirmed.YES, found.outcome == Confirmed.LATE
        return render(request, DONE, {"is_confirmed": is_confirmed, "is_late": is_late})
    context = {
        "groups": found.groups,
        "token": token,
        "problem": _("These are not the last four digits. Compare them with the number and type them again."),
    }
    return render(request, RECEIPT, context)
