from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from iesogi.outbox import services as outbox


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Administrators make accounts; nobody signs up."""
        return False

    def send_mail(self, template_prefix, email, context):
        """Every mail is a row before it is a mail, those of the login too."""
        message = self.render_mail(template_prefix, email, {"portal_url": settings.PORTAL_URL, **context})
        html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        outbox.queue(to=email, subject=message.subject, text=message.body, html=html, private=True)
