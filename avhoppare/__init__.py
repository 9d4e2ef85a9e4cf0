"""Settings, the ASGI door and the server; and what every process does about memory before it takes any."""

import gc

from avhoppare.memory import in_one_place

in_one_place()
# Loading and building make a great many objects and let go of few. Python's own 700 has the collector look through
# them so often that it takes a seventh of the start. Who serves goes back to it: see `make_ready` in asgi.py.
gc.set_threshold(20_000, 10, 10)
