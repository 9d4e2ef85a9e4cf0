"""The quick exit's script, inlined into every page and allowed by its hash.

An external file would hold back the first paint until it has come, or come too late to hide a
page that somebody has left.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escapejs

_COMMENTS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
_BLANKS_BESIDE_SIGNS = re.compile(r" ?([{}()=><&|?:;,+!]) ?")


@cache
def _small(path: Path) -> str:
    script = re.sub(r"\s+", " ", _COMMENTS.sub("", path.read_text(encoding="utf-8")))
    return _BLANKS_BESIDE_SIGNS.sub(r"\1", script).replace(";}", "}").replace("};const ", "},").strip()


def exit_script() -> str:
    """The script with its target, without comments and blanks. The target is escaped as a JavaScript string."""
    script = _small(Path(settings.BASE_DIR) / "static" / "js" / "exit.js")
    return script.replace("__TARGET__", escapejs(settings.QUICK_EXIT_URL))
