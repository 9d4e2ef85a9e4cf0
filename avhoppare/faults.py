"""The report of a fault: of what kind and where in the code. Never the request, nor an exception's words, which repeat it."""

import logging
import traceback

# The innermost places of a traceback: ours and the library's that we called.
MOST_PLACES = 12


class FaultFormatter(logging.Formatter):
    """A record of Django's as its logger, the kind of exception and the places that led to it."""

    def format(self, record: logging.LogRecord) -> str:
        """No message: Django's hold the path, the host that was asked for, or what a database refused."""
        lines = [f"{self.formatTime(record)} {record.levelname} {record.name}"]
        kind, _, places = record.exc_info or (None, None, None)
        if kind is not None:
            lines[0] += f": {kind.__module__}.{kind.__qualname__}"
            lines += [f"  {place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(places)[-MOST_PLACES:]]
        return "\n".join(lines)
