"""Every upload of the site, sealed while it arrives: what lies on the disk meanwhile is ciphertext without a name.

The key lives in memory alone and the temporary file has no entry in any folder, so an upload that is cut off, or a
process that is killed, leaves nothing. What is too large or too many is read to its end and thrown away, never kept
and never stopped: a parser that is stopped drops every field that comes after the file.
"""

import hashlib
import io
import tempfile
import weakref
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from iesogi.vault import sealing

CONTENT_TYPE_LENGTH = 200


@dataclass(frozen=True)
class Sealed:
    """An upload as it lies on the disk: sealed for a record that does not exist yet, under a key in memory alone."""

    record: UUID
    key: bytes = field(repr=False)
    file: BinaryIO = field(repr=False)
    sha256: str


class _Plain(io.RawIOBase):
    """Reads a sealed file as what it was. Going back starts at the first piece again; nothing is kept."""

    def __init__(self, sealed, size):
        self._sealed, self._size = sealed, size
        self._wanted, self._reached, self._pieces, self._rest = 0, 0, None, b""

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self._wanted

    def seek(self, offset, whence=io.SEEK_SET):
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._wanted, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("A place before the start of the file.")
        self._wanted = start + offset
        return self._wanted

    def readinto(self, buffer):
        if self._pieces is None or self._wanted < self._reached:
            self._pieces, self._reached, self._rest = self._from_the_start(), 0, b""
        self._skip()
        if not self._rest:
            self._rest = next(self._pieces, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self._reached += count
        self._wanted = self._reached
        return count

    def _from_the_start(self):
        self._sealed.file.seek(0)
        where = sealing.file_context(self._sealed.record)
        return sealing.read_stream(self._sealed.key, self._sealed.file, size=self._size, aad=where)

    def _skip(self):
        while self._reached < self._wanted:
            self._rest = self._rest or next(self._pieces, b"")
            if not self._rest:
                self._reached = self._wanted  # past the end there is nothing
            step = min(self._wanted - self._reached, len(self._rest))
            self._rest = self._rest[step:]
            self._reached += step

    def close(self):
        self._pieces, self._rest = None, b""
        self._sealed.file.close()
        super().close()


class SealedUpload(UploadedFile):
    """One file of a request. `problem` is empty, or a sentence that names the file; then there is nothing to read.

    `sealed` is what a case keeps as the original, once: its record and its key are those of this upload.
    """

    def __init__(self, file, name, *, size, content_type, charset=None, extra=None, problem=None, sealed=None):
        super().__init__(file, name, content_type, size, charset, extra)
        self.problem, self.sealed = problem, sealed

    def chunks(self, chunk_size=None):
        """Decrypted, from the start, however often it is asked."""
        self.seek(0)
        while piece := self.read(chunk_size or sealing.CHUNK):
            yield piece

    def multiple_chunks(self, chunk_size=None):
        return True


def read_again(sealed, name, *, size):
    """An upload of an earlier request. No request closes its file, so it is closed when nobody holds it any more."""
    file = io.BufferedReader(_Plain(sealed, size), sealing.CHUNK)
    weakref.finalize(file, sealed.file.close)
    return SealedUpload(file, name, size=size, content_type="", sealed=sealed)


def size(count):
    """Limits are whole megabytes: “50 MB”, where the filter would write “50.0 MB”."""
    whole, rest = divmod(count, 1024**2)
    return filesizeformat(count) if rest else gettext("%s MB") % number_format(whole)


def limits():
    """For the page that tells them before a file is chosen."""
    return {
        "file": size(settings.UPLOAD_FILE_BYTES),
        "files": settings.UPLOAD_FILES,
        "total": size(settings.UPLOAD_TOTAL_BYTES),
    }


def too_large(name):
    values = {"name": name, "limit": size(settings.UPLOAD_FILE_BYTES)}
    return _("“%(name)s” is larger than %(limit)s. Choose a smaller file, or send it in parts.") % values


def too_many(name):
    values = {"name": name, "limit": settings.UPLOAD_FILES}
    return _("“%(name)s” is one file too many: %(limit)s can be sent at once. Send the others afterwards.") % values


def too_much(name):
    values = {"name": name, "limit": size(settings.UPLOAD_TOTAL_BYTES)}
    return _("With “%(name)s”, the files are larger than %(limit)s together. Send it afterwards.") % values


def empty(name):
    return _("“%(name)s” is empty. Check the file and choose it again, or send without it.") % {"name": name}


def judged_beside(lying, uploads):
    """Each upload with a sentence, or an empty one: they share the limits with files that lie there already."""
    count, total = len(lying), sum(each.size for each in lying)
    for upload in uploads:
        problem = upload.problem or ""
        if not problem and count >= settings.UPLOAD_FILES:
            problem = too_many(upload.name)
        if not problem and total + upload.size > settings.UPLOAD_TOTAL_BYTES:
            problem = too_much(upload.name)
        if not problem:
            count, total = count + 1, total + upload.size
        yield upload, problem


def _temporary():
    """Without a name in any folder: it ends with the process, or when it is closed."""
    return tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)


class SealedUploadHandler(FileUploadHandler):
    """The only handler of the site: neither memory nor a temporary folder holds an upload in clear."""

    chunk_size = sealing.CHUNK

    def __init__(self, request=None):
        super().__init__()  # without the request, which holds its handlers: both, and the file, would outlive it
        self._count, self._total, self._sealed = 0, 0, None

    def handle_raw_input(self, input_data, meta, content_length, boundary, encoding=None):
        """A body of twice what may come at all is not read to its end only to say so."""
        if content_length > 2 * settings.UPLOAD_TOTAL_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The body is larger than all files that can be sent at once.")

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self._discard()
        self._count += 1
        self._problem = too_many if self._count > settings.UPLOAD_FILES else None
        self._record, self._key = uuid4(), sealing.new_key()
        self._sealer = sealing.StreamSealer(self._key, aad=sealing.file_context(self._record))
        self._digest = hashlib.sha256()
        self._size = 0
        self._sealed = None if self._problem else _temporary()

    def receive_data_chunk(self, raw_data, start):
        self._size += len(raw_data)
        self._total += len(raw_data)
        if not self._problem and self._size > settings.UPLOAD_FILE_BYTES:
            self._refuse(too_large)
        if not self._problem and self._total > settings.UPLOAD_TOTAL_BYTES:
            self._refuse(too_much)
        if not self._problem:
            self._digest.update(raw_data)
            self._sealed.write(self._sealer.add(raw_data))

    def _refuse(self, problem):
        self._problem = problem
        self._discard()

    def _discard(self):
        if self._sealed is not None:
            self._sealed.close()
            self._sealed = None

    def file_complete(self, file_size):
        name, problem, sealed = self.file_name, self._problem or (None if self._size else empty), None
        if problem:
            self._discard()
            # The size of the others counts without what was thrown away, or one slip would refuse all that follow.
            self._total -= self._size
            file = io.BytesIO()
        else:
            self._sealed.writelines(self._sealer.end())
            self._sealed.flush()
            sealed = Sealed(self._record, self._key, self._sealed, self._digest.hexdigest())
            file = io.BufferedReader(_Plain(sealed, self._size), sealing.CHUNK)
            self._sealed = None  # from here on the upload owns it
        return SealedUpload(
            file,
            name,
            size=self._size,
            content_type=(self.content_type or "")[:CONTENT_TYPE_LENGTH],
            charset=self.charset,
            extra=self.content_type_extra,
            problem=problem(name) if problem else None,
            sealed=sealed,
        )

    def upload_interrupted(self):
        self._discard()

    def __del__(self):
        self._discard()  # a connection that breaks off tells no handler
