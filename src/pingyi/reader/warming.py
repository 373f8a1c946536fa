"""Everything that a child may need is loaded before the first one is forked: a sealed child can open no library."""

from __future__ import annotations

import codecs
import contextlib
import encodings
import importlib
import pkgutil

import charset_normalizer
from PIL import Image

from pingyi.reader import any_font, samples
from pingyi.reader.child import answers


def warm() -> None:
    """Load every codec and decoder, and read one small file of each kind."""
    for found in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(ImportError, LookupError):  # some are of another system
            importlib.import_module(f"encodings.{found.name}")
            codecs.lookup(found.name)
    Image.init()
    any_font.use()
    charset_normalizer.from_bytes(bytes(range(128, 256)) * 8)
    for do, name, content in samples.all_kinds():
        list(answers({"do": do, "facts": samples.facts(do, name), "n": len(content)}, content))
