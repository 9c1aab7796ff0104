class ReferenceDataError(Exception):
    """What is wrong, where, and what to do now, in one message that a person can be shown."""


class LoadError(ReferenceDataError):
    """A data file cannot be loaded. Names the file and the line; nothing of the load was kept."""


class UnknownCountryError(LoadError):
    """The code is not the ISO alpha-3 code of a member or observer State."""
