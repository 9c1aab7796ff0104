from django.db import models
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import Evidence, Qualifier


class Figure(models.Model):
    """A figure as it was printed, with how sure it was. A computed sum stands beside it, never in its place (R21)."""

    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.PRINTED)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    class Meta:
        abstract = True
