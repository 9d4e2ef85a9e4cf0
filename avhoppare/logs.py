"""What the server may write: that something broke, never who asked for what.

gunicorn writes no access log; ours (access_log.py), where it is wanted, names nobody. gunicorn's own
messages name the visitor's address and the path with its query in a few places; both are taken out here.
"""

import logging
import re

from gunicorn.glogging import Logger

# From here on a message repeats what was sent: a path, or a line in quotation marks.
_SENT = re.compile(r" /|['\"]")
_ADDRESS = re.compile(r"(?<=ip=)\S+?(?=:?(?:\s|$))|\b\d{1,3}(?:\.\d{1,3}){3}\b")


def without_visitor(record: logging.LogRecord) -> bool:
    """A logging filter: lets every record through, with addresses and paths of visitors taken out."""
    if "request" in str(record.msg).lower():
        record.msg = _ADDRESS.sub("-", _SENT.split(record.getMessage(), maxsplit=1)[0].rstrip(": "))
        record.args = ()
        # A traceback's last line can repeat what was sent.
        record.exc_info = record.exc_text = None
    return True


class QuietLogger(Logger):
    """gunicorn's logger without an access log and without visitors in its messages."""

    def setup(self, cfg):
        super().setup(cfg)
        self.error_log.addFilter(without_visitor)

    def access(self, resp, req, environ, request_time):
        """Nothing is written of a request that was answered."""
