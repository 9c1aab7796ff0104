"""An object store that is away: the outside world, replaced at its edge."""

from django.core.files.storage import FileSystemStorage


class AwayStorage(FileSystemStorage):
    error: Exception = ConnectionError("the object store is away")

    def _save(self, name, content):
        raise self.error
