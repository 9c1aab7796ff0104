"""What a page says to whoever reads it, and what it costs the database."""

import re

from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext


def said(response):
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def notices(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def queries_once_warm(client, address):
    """Without what the first look of a process fills its caches with."""
    client.get(address)
    return queries_of(client, address)
