"""A bus that knows who is who, as the tests of identities have it."""

from tests.identity.conftest import gate

__all__ = ["gate"]
