"""Files of a case: a copy to read, and what a custodian does with an original."""

from dataclasses import replace
from functools import partial

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communications.desk import filing
from communications.desk.acts import FILE_ACTS
from communications.desk.gates import asked_for, gate, page, perform
from iesogi.deadlines.days import today
from iesogi.vault.exceptions import Damaged


@require_safe
@gate
def download(request, pk, record, *, unlocked):
    """A cleaned copy, or what a custodian released, for the team; an original for custodians and by disclosure."""
    try:
        return filing.download(asked_for(request, pk), record, unlocked=unlocked, on=today())
    except Damaged as error:
        return page(request, "vault/refused.html", _("This file is damaged"), reason=str(error))


@gate
def file_act(request, pk, record, name, *, unlocked):
    """Clean again, or release: for custodians, who need not be able to read the story."""
    if name not in FILE_ACTS:
        raise Http404
    case, chosen = asked_for(request, pk), FILE_ACTS[name]
    original, label = filing.original_of(case, record, unlocked=unlocked)
    chosen = replace(chosen, do=partial(chosen.do, original=original), question=chosen.question % {"file": label})
    return perform(request, case, chosen, chosen.form(request.POST or None, case=case), unlocked)
