"""Says where the portal will answer and, on a trial installation, who may log in."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iesogi.settings")


def demo_logins():
    import django

    django.setup()
    from iesogi.accounts.enums import Role
    from iesogi.accounts.models import User
    from iesogi.accounts.services import DEMO_PASSWORD
    from iesogi.site.demo import PASSPHRASE

    names = [role.value.replace("-", ".") for role in Role]
    people = User.objects.filter(username__in=names, is_active=True).order_by("username")
    yield f"Demo logins, all with the password {DEMO_PASSWORD} (DEMO=1 in .env):"
    yield from (f"  {person.username:26} {person.get_paid_by_display()}" for person in people)
    yield f"Sealed cases open for desk.officer and mandate.holder with the passphrase: {PASSPHRASE}"


def main():
    from django.conf import settings

    print(f"\nThe portal answers at {settings.PORTAL_URL}/ and staff log in at {settings.PORTAL_URL}/admin/")
    if settings.DEMO:
        print("\n".join(demo_logins()))
    else:
        print("No demo logins here. A first account: .venv/bin/python manage.py createsuperuser")
    print("Ctrl-C ends it.\n", flush=True)


if __name__ == "__main__":
    main()
