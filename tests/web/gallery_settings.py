"""Settings to look at the gallery: the application's own, with the gallery's addresses."""

from tests.rig.settings import *  # noqa: F403

ROOT_URLCONF = "tests.web.gallery"
