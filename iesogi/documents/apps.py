from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "iesogi.documents"
    verbose_name = _("Documents")

    def ready(self):
        from iesogi.documents import checks

        checks.register_all()
