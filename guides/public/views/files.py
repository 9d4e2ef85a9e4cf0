"""Uploaded files: from the edition's word of them to their bytes, so that no script in one can ever run as ours."""

import logging
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponsePermanentRedirect

from guides.addresses import address
from guides.public.finding import find
from guides.text.file_formats import FORMATS

log = logging.getLogger("guides.files")
# Chromium 156 and Firefox 153 show a PDF in a sandbox too.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
CACHE = "public, max-age=0, s-maxage=2, stale-while-revalidate=5, stale-if-error=600"


def uploaded(request, file, name):
    """The bytes under the type that was found when they came, never the one that they claim."""
    found = find(request.edition, "file", file)
    if name != found.name:
        return HttpResponsePermanentRedirect(address(found))
    format, tag = FORMATS[found.format], f'"{found.hash[:20]}"'
    if tag in (one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        path = Path(settings.DATA_DIR) / "uploads" / found.hash
        if not path.is_file():
            log.error("Filen %s saknas i mappen uploads.", found.key)
            raise Http404
        response = FileResponse(path.open("rb"), content_type=format.media_type)
        response.headers["Content-Length"] = str(path.stat().st_size)
        response.headers["Content-Disposition"] = f'{"inline" if format.shown else "attachment"}; filename="{found.name}"'
        if request.method == "HEAD":
            response.close()
            response.streaming_content = ()
    response.headers["Cache-Control"] = CACHE
    response.headers["ETag"] = tag
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
