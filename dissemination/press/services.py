from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dissemination.approval import judge, locked, require_free_to_leave, step
from dissemination.enums import DraftState
from dissemination.exceptions import StepRefused
from dissemination.models import Output
from dissemination.press.models import PressItem
from iesogi.deadlines.days import today


@transaction.atomic
def mark_out(item: PressItem, *, by: Any, on: date | None = None) -> PressItem:
    """It was given to the press: one output is counted from that day, whatever its languages.

    The portal sends nothing itself; a person did, and says so here. Never before the embargo ends.
    """
    item, on = locked(item), on or today()
    judge(item, DraftState.OUT)
    require_free_to_leave(item)
    if on > today():
        raise StepRefused(_("That day is still to come. Mark it as out once it is."))
    if item.embargo_until and timezone.now() < item.embargo_until:
        raise StepRefused(
            _("The embargo has not ended yet, so this cannot be out. Wait for its end, or lift it first.")
        )
    first = item.texts.first()
    output = Output.objects.create(
        kind=item.kind,
        title=item.title,
        issued_on=on,
        language=first.language if first else "",
        url=next((text.url for text in item.texts.all() if text.url), ""),
        report=item.report,
        visit=item.visit,
    )
    return step(item, DraftState.OUT, by=by, verb="out", said={"on": on, "output": output.pk}, output=output)
