class VaultRefused(Exception):
    """Something may not be done with a key; the message is a full sentence for the person who asked."""


class Damaged(Exception):
    """Sealed bytes do not open: cut, changed, moved to another row, or sealed to another key."""


class ChangedKey(VaultRefused):
    """A public half is no longer the one that was admitted. Always in the audit as `vault.alarm` as well."""


class NotAMember(VaultRefused):
    """The vault holds no grant for what it should open."""


class WrongPassphrase(VaultRefused):
    """The passphrase opens nothing, or this vault has to wait before the next try."""


class Busy(VaultRefused):
    """All places for deriving keys are taken; `retry_after` is in seconds."""

    def __init__(self, message, *, retry_after):
        super().__init__(message)
        self.retry_after = retry_after


class NotOpenYet(VaultRefused):
    """No channel, or no trustworthy one, to seal to."""


class NumberRefused(VaultRefused):
    """Typed digits that cannot be a number at all; says nothing on whether any case exists."""


class UnknownNumber(VaultRefused):
    """A well-formed number that opens nothing."""


class TokenRefused(VaultRefused):
    """The hidden field of the form is forged, too old, or came back faster than a person types."""


class TooFast(TokenRefused):
    """It came back faster than a person types; the same field is good a moment later."""


class NumberNeeded(TokenRefused):
    """The hidden field of a form that a number opened is too old; the number opens it again."""


class SentAlready(VaultRefused):
    """What should be kept as unfinished was sent under the same number."""


class AlreadySent(Exception):
    """The same form of an open page came a second time; nothing was written."""


class SavedMeanwhile(VaultRefused):
    """What somebody wants to save or send was saved or deleted from another page since they opened it."""


class DraftLost(VaultRefused):
    """The answers that travel with a page are forged, cut or too old."""


class DraftTooLong(VaultRefused):
    """More was typed than a page can carry."""
