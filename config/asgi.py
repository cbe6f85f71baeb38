"""The entry for ASGI servers. WSGI is faster for this project's pages; use this one only where ASGI is required."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_asgi_application()
