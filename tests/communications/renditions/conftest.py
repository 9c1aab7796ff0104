from tests.communications.publication.conftest import at, redacted, sent  # noqa: F401
