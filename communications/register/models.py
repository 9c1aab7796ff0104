from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerAddress(models.Model):
    """An address under which a letter was public. Once its reference is corrected, it leads on to the new one."""

    slug = models.CharField(_("address"), max_length=20, unique=True)
    letter = models.ForeignKey(
        "communications.Letter", verbose_name=_("letter"), on_delete=models.CASCADE, related_name="former_addresses"
    )

    class Meta:
        verbose_name = _("address of a letter")
        verbose_name_plural = _("addresses of letters")

    def __str__(self):
        return self.slug
