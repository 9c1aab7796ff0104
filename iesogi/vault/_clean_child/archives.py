"""Zip archives of strangers: read within bounds, written without dates, comments and extra fields."""

import io
import zipfile

from kinds import Uncleanable

MOST_ENTRIES = 3000
MOST_BYTES = 200 * 1024**2
LONG_AGO = (1980, 1, 1, 0, 0, 0)
ENCRYPTED = 0x1


def unpacked(data):
    """Every entry by its name. What an entry says of its size is not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise Uncleanable("too-large")
            if any(entry.flag_bits & ENCRYPTED for entry in entries):
                raise Uncleanable("encrypted")
            return _read(archive, entries)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise Uncleanable("damaged") from error


def _read(archive, entries):
    found, left = {}, MOST_BYTES
    for entry in entries:
        if entry.is_dir():
            continue
        if entry.filename in found:
            raise Uncleanable("damaged")  # two programs might read two different files
        with archive.open(entry) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Uncleanable("too-large")
        found[entry.filename] = content
    return found


def packed(parts, *, stored=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in [*stored, *(name for name in parts if name not in stored)]:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return out.getvalue()
