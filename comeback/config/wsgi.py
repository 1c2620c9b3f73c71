"""What gunicorn (or any other WSGI server) calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comeback.config.settings")
application = get_wsgi_application()
