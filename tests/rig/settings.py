"""The application's own settings, with data in a folder of the test run and cheap password hashes."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Before the settings are read: a test never sees the data of the installation that it lies in.
os.environ["COMEBACK_VAR"] = tempfile.mkdtemp(prefix="comeback-test-")
os.environ.pop("COMEBACK_TLS", None)
atexit.register(shutil.rmtree, os.environ["COMEBACK_VAR"], ignore_errors=True)

from comeback.config.settings import *  # noqa: E402, F403

VAR = Path(os.environ["COMEBACK_VAR"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
