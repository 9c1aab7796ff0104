import mailbox
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from dissemination.newsletter import bounces


class Command(BaseCommand):
    help = "Read reports of mails that came back, from .eml files or mailboxes (mbox); safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *args, files, **options):
        read = recorded = 0
        for path in files:
            for raw in messages_in(path):
                read += 1
                recorded += bounces.record_report(raw)
        self.stdout.write(f"{read} mails read, {recorded} bounces recorded.")


def messages_in(path: Path):
    try:
        raw = path.read_bytes()
        if not raw.startswith(b"From "):
            return [raw]
        with closing(mailbox.mbox(path, create=False)) as box:
            return [message.as_bytes() for message in box]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}. Name a file of one mail, or an mbox.") from error
