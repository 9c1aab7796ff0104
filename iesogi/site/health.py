"""For those who run the portal: is the process up, and can it do its work?"""

from collections.abc import Callable
from datetime import datetime, timedelta

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from iesogi.site.tasks import LAST_TICK

TICK_IS_LATE = timedelta(minutes=5)


@login_not_required
@require_safe
@never_cache
def healthz(request):
    """The process answers. Touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request):
    """Database, broker, storage and last tick, each "ok" or what is wrong in a word; 503 unless all are."""
    found = {name: _state(check) for name, check in CHECKS.items()}
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)


def _state(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # whatever fails here is the answer; details would tell outsiders too much
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _broker() -> str:
    with current_app.connection_for_write(connect_timeout=3) as broker:
        broker.ensure_connection(max_retries=0, timeout=3)
    return "ok"


def _storage() -> str:
    name = default_storage.save(f"readyz-{get_random_string(12)}", ContentFile(b"ok"))
    default_storage.delete(name)
    return "ok"


def _tick() -> str:
    last = cache.get(LAST_TICK)
    if not last or timezone.now() - datetime.fromisoformat(last) > TICK_IS_LATE:
        return "late"
    return "ok"


CHECKS = {"database": _database, "broker": _broker, "storage": _storage, "tick": _tick}
