"""Settings, the ASGI door and the server."""

import gc

# Loading and building make a great many objects and let go of few. Python's own 700 has the collector look through
# them so often that it takes a seventh of the start.
gc.set_threshold(20_000, 10, 10)
