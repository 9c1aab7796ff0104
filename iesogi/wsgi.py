import os

from django.core.wsgi import get_wsgi_application

from iesogi.site.bodies import WholeBodies
from iesogi.vault.installation import refuse_unless_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iesogi.settings")

application = WholeBodies(get_wsgi_application())
refuse_unless_ready()
