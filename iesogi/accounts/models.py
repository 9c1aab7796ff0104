from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from iesogi.accounts.enums import PaidBy


class User(AbstractUser):
    """A member of staff. No account for a State, a source or a victim exists (domain.md R27)."""

    email = models.EmailField(_("email address"), unique=True)
    paid_by = models.CharField(
        _("paid by"),
        max_length=10,
        choices=PaidBy,
        default=PaidBy.OUTSIDE,
        help_text=_("People paid from outside OHCHR never reach communications."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self):
        return self.get_full_name() or self.username

    @property
    def is_paid_by_ohchr(self):
        return self.paid_by == PaidBy.OHCHR
