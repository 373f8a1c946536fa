"""A plugin of pytest's, named in its settings so that it comes before Django: each process of a run has its own home.

Without it the settings would find the home beside the checkout, which may be a bureau's, and two workers would write
into one.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ["PINGYI_HOME"] = tempfile.mkdtemp(prefix="pingyi-test-")
os.environ.setdefault("PINGYI_HOSTS", "testserver,127.0.0.1,localhost")
atexit.register(shutil.rmtree, os.environ["PINGYI_HOME"], ignore_errors=True)
