import pytest

from tests.outbox.smtp import Inbox, running


@pytest.fixture
def inbox(settings):
    """A mail server that takes everything until told otherwise, set as the portal's own."""
    handler = Inbox()
    with running(handler) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
        settings.EMAIL_TIMEOUT = 2
        yield handler
