"""Sealed files in the storage, under random names that say nothing, with times that say only the week."""

import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.vault.exceptions import Damaged
from iesogi.vault.models import SealedRecord, UnfinishedPart

logger = logging.getLogger(__name__)
FOLDER = "sealed"
ORPHAN_AFTER = timedelta(hours=24)
BATCH = 500


def save(sealed: Iterable[bytes]) -> str:
    """The name of the new blob. Nothing is in the storage if the pieces break off."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        file.writelines(sealed)
        return keep(file)


def keep(sealed: BinaryIO) -> str:
    """The name of a new blob with what was sealed into a temporary file while it arrived."""
    sealed.seek(0)
    return default_storage.save(f"{FOLDER}/{uuid4().hex}", File(sealed))


def open_blob(name: str) -> BinaryIO:
    try:
        return default_storage.open(name, "rb")
    except FileNotFoundError as error:
        raise Damaged(_("This file is missing from the storage. Tell the administrator.")) from error


def drop(names: Iterable[str]) -> None:
    """What cannot be deleted now is swept later."""
    for name in names:
        try:
            default_storage.delete(name)
        except Exception:  # each store has errors of its own, and the answer to the reporter does not depend on it
            logger.warning("A sealed file could not be deleted; the tick will try again.")


def monday(of: datetime) -> datetime:
    day = timezone.localtime(of)
    return (day - timedelta(days=day.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)


def blur(names: Iterable[str], *, now: datetime) -> None:
    """Set the files' times to the Monday of the week, as the rows know it. Object stores keep their own."""
    when = monday(now).timestamp()
    for name in names:
        try:
            os.utime(default_storage.path(name), (when, when))
        except (NotImplementedError, FileNotFoundError):
            continue


def sweep(*, now: datetime) -> int:
    """Delete what no record names: left by a request that was killed, or by a store that was away at an erasure."""
    old = {name: changed for name, changed in _all() if now - changed >= ORPHAN_AFTER}
    orphans = set(old) - _known(list(old))
    drop(orphans)
    for name in set(old) - orphans:
        if old[name] != monday(old[name]):  # committed by a process that was killed before it could blur
            blur([name], now=old[name])
    return len(orphans)


def _known(names: list[str]) -> set[str]:
    found = set()
    for start in range(0, len(names), BATCH):
        for model in (SealedRecord, UnfinishedPart):
            rows = model.objects.filter(blob__in=names[start : start + BATCH])
            found.update(rows.values_list("blob", flat=True))
    return found


def _all() -> Iterator[tuple[str, datetime]]:
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return
    for each in names:
        name = f"{FOLDER}/{each}"
        try:
            yield name, default_storage.get_modified_time(name)
        except FileNotFoundError:
            continue
