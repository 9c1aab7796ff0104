from django.db import models
from django.utils.translation import gettext_lazy as _


class Bond(models.TextChoices):
    CAUSE = "cause", _("The letter was what was punished")
    RAISES = "raises", _("The letter raises the reprisal")


class LetterReprisal(models.Model):
    """A letter and a reprisal, seen from above: the register of reprisals knows neither letters nor cases.

    What belongs to a case is written into the case, sealed, with the label of the reprisal; no row joins the two.
    """

    letter = models.ForeignKey(
        "communications.Letter", verbose_name=_("letter"), on_delete=models.PROTECT, related_name="reprisal_links"
    )
    reprisal = models.ForeignKey(
        "safety.Reprisal", verbose_name=_("reprisal"), on_delete=models.PROTECT, related_name="+"
    )
    bond = models.CharField(_("how they belong together"), max_length=6, choices=Bond)

    class Meta:
        verbose_name = _("reprisal of a letter")
        verbose_name_plural = _("reprisals of letters")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "reprisal"],
                name="letter_reprisal_once",
                violation_error_message=_("This letter and this reprisal belong together already."),
            )
        ]

    def __str__(self):
        return f"{self.reprisal}: {self.get_bond_display()}"
