from django.db import models
from django.utils.translation import gettext_lazy as _

from dissemination.enums import OutputKind


class PressKind(models.TextChoices):
    """The outputs that the press receives; each counts as the output of the same code (WP 2021-2023 paras 30, 40)."""

    RELEASE = OutputKind.PRESS_RELEASE.value, _("Press release")
    PUBLIC_STATEMENT = OutputKind.PUBLIC_STATEMENT.value, _("Public statement")
    POLICY_STATEMENT = OutputKind.POLICY_STATEMENT.value, _("Policy statement")
    INTERVIEW = OutputKind.INTERVIEW.value, _("Interview")
    OP_ED = OutputKind.OP_ED.value, _("Opinion article")


# Others publish these, so the row says who.
IN_A_MEDIUM = (PressKind.INTERVIEW, PressKind.OP_ED)
