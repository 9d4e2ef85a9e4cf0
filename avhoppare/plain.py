"""Requests so plain that nothing about them needs gunicorn's parser: one GET, without a body, that came in one piece."""

import re

# A browser's is a tenth of it.
LONGEST = 8000
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
# Less than RFC 9112 allows, never more: no escapes in the target, no folding, one blank in the line.
_HEAD = re.compile(rb"GET (/[!-$&-~]*) HTTP/1\.1\r\n((?:%b:[\t -~\x80-\xff]*\r\n){1,100})\r\n" % _TOKEN)
# They say how the request ends, what becomes of the connection, or which of two proxies to believe.
_NOT_PLAIN = frozenset({
    b"content-length", b"transfer-encoding", b"content-type", b"expect", b"upgrade", b"x-forwarded-protocol", b"x-forwarded-ssl",
})  # fmt: skip
_ONCE = (b"host", b"x-forwarded-proto")


def plain_request(data: bytes) -> dict | None:
    """What came on an idle connection, as the part of an ASGI scope that a kept page needs; None when it is not all plain."""
    if len(data) > LONGEST:
        return None
    found = _HEAD.fullmatch(data)
    if found is None:
        return None
    target, lines = found.groups()
    headers = []
    for line in lines.split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        headers.append((name.lower(), value.strip(b" \t")))
    names = [name for name, _ in headers]
    if not _NOT_PLAIN.isdisjoint(names) or any(names.count(name) > 1 for name in _ONCE):
        return None
    if any(name == b"connection" and value.lower() != b"keep-alive" for name, value in headers):
        return None
    raw_path, _, query = target.partition(b"?")
    return {"method": "GET", "path": raw_path.decode(), "raw_path": raw_path, "query_string": query, "headers": headers}
