from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from iesogi.vault import checks


class VaultConfig(AppConfig):
    name = "iesogi.vault"
    verbose_name = _("Vault")

    def ready(self):
        checks.register_all()
