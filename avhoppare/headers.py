"""The headers of every answer, whatever made it: what a door has said itself stands, the rest is closed.

Static files, answers to errors under /admin/ and redirects come from Django and WhiteNoise, which know half of them.
"""

from guides.public.middleware import PERMISSIONS

CLOSED = {
    "Content-Security-Policy": "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def closed(get_response):
    """Middleware, the outermost: adds what is missing."""

    def door(request):
        response = get_response(request)
        for name, value in CLOSED.items():
            response.headers.setdefault(name, value)
        # What is open to other sites says so itself, as /api/ does.
        if "Access-Control-Allow-Origin" not in response.headers:
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return door
