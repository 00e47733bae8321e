"""This file knows how a server starts the workspace."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forestall.web.settings")
application = get_wsgi_application()
