"""Templates to fill in: on the page, on paper, as a document."""

from django.http import HttpResponse

from guides.edition.records import PROFESSIONAL
from guides.public import office
from guides.public.filling import fill
from guides.public.finding import find
from guides.public.views.showing import show_to_professionals


def download_list(request):
    return show_to_professionals(request, "download_list", {"downloads": request.edition.all("download")})


def download_detail(request, download):
    found = find(request.edition, "download", download)
    context = {"download": found, "size": len(_document(request, found))}
    return show_to_professionals(request, "download", context)


def download_file(request, download):
    found = find(request.edition, "download", download)
    response = HttpResponse(_document(request, found), content_type=office.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.key}.docx"'
    return response


def _document(request, download) -> bytes:
    body = fill(download.body, request.edition, PROFESSIONAL)
    foot = f"Version {download.dates.version}, {download.dates.updated.isoformat()}"
    return office.document(download.title, str(body), foot)
