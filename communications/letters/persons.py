"""Two persons stand for what cannot be called back: sending, publishing, naming without consent."""

from django.utils.translation import gettext as _

from communications.exceptions import StepRefused


def two_persons(first, second) -> None:
    """Raises StepRefused unless two different people are there; `first` prepared or approved, `second` carries out."""
    if first is None or second is None:
        raise StepRefused(_("Two persons have to stand for this step, and one of them is missing."))
    if first.pk == second.pk:
        raise StepRefused(
            _("Two persons have to stand for this step, and you are the first. Ask a colleague to take it.")
        )
