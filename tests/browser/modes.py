"""How a visitor comes: with script and without, on a wide screen and on the smallest."""

import pytest

MODES = {
    "with script": {},
    "without script": {"script": False},
    "320 px": {"width": 320, "height": 568},
    "320 px without script": {"width": 320, "height": 568, "script": False},
}
every_mode = pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
