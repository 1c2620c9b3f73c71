"""Settings to look at the gallery: the application's own, with the gallery's addresses."""

from tests.rig.settings import *

ROOT_URLCONF = "tests.web.gallery"
