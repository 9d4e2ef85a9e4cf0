"""The site's own settings, with a data folder of their own and nothing that waits."""

import atexit
import os
import shutil
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="avhoppare-test-")
os.mkdir(f"{os.environ['DATA_DIR']}/static")
# Look at the counter at every request: a release shows at once.
os.environ["EDITION_POLL_SECONDS"] = "0"
# Playwright keeps an event loop in this thread; Django must not take the tests for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# Nothing is asked for outside this machine.
os.environ["LINK_CHECKS"] = "0"
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from avhoppare.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
# Static files under their own names: nothing is collected before a test.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite"):  # noqa: F405
    # pytest-django knows only Django's own backend as one whose processes need no file of their own.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
