import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model


@pytest.fixture
def staff(client, db):
    """A client of somebody who may do everything, with a second factor set up."""
    user = get_user_model().objects.create_superuser("staff", "staff@example.org", "a long demo password")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "not used here"})
    client.force_login(user)
    return client
