"""/faktakoll/<token>/: the page for somebody without an account. No login, no cookie, no trace in a cache.

Like the public's forms it takes a POST without a token of Django's, and only from our own page.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt

from guides.edition.records import PROFESSIONAL
from guides.models import ShareLink
from guides.publishing import fact_check
from guides.publishing.current import current
from guides.publishing.errors import PublishingError
from guides.publishing.fact_parts import Part, parts

log = logging.getLogger("guides.fact_check")
# Far more than the form can hold; what is larger is not even read.
MOST_BYTES = 500_000
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": POLICY,
}


@csrf_exempt
def fact_check_page(request, token: str):
    """The version part by part with a question to each; POST keeps the answers and leads to thanks."""
    if request.method not in ("GET", "HEAD", "POST"):
        return _secured(HttpResponseNotAllowed(["GET", "HEAD", "POST"]))
    # Absent in older browsers; what another site makes a browser send always has it.
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return _secured(HttpResponseForbidden())
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and (not length.isdecimal() or int(length) > MOST_BYTES):
        return _words(413, "Det var för mycket text", "Gå tillbaka i webbläsaren, korta och skicka igen.")
    try:
        link = fact_check.find(token)
        return _taken(request, link, token) if request.method == "POST" else _form(link)
    except fact_check.DeadLinkError as error:
        return _words(410, "Länken gäller inte längre", error.messages[0], request.POST)
    except DatabaseError as error:
        # Only the kind of error: its text could hold what somebody wrote.
        log.error("En faktakoll gick inte att visa eller spara (%s).", type(error).__name__)
        return _words(503, "Det går inte just nu", "Felet är vårt. Ladda om sidan om en stund, så skickas det igen.", request.POST)


def _form(link: ShareLink, given: QueryDict | None = None, faults: dict[str, str] | None = None, status: int = 200):
    """The page; `given` is what was typed, `faults` the sentences by place ("" for those of no part)."""
    edition = current.edition()
    given, faults = given or QueryDict(), faults or {}
    rows = [
        {
            "part": part,
            "verdict": given.get(f"v-{part.place}", ""),
            "remark": given.get(f"r-{part.place}", ""),
            "fault": faults.get(part.place, ""),
        }
        for part in parts(link.version, edition)
    ]
    context = {
        "link": link,
        "version": link.version,
        "title": _title(link),
        "rows": rows,
        "faulty": [(row["part"], row["fault"]) for row in rows if row["fault"]],
        "fault": faults.get("", ""),
        "who": given.get("who", ""),
        "rest": "rest" in given,
        "verdicts": fact_check.VERDICTS,
        "longest": fact_check.LONGEST_REMARK,
        "longest_who": fact_check.LONGEST_WHO,
        "edition": edition,
        "audience": PROFESSIONAL,
    }
    return _secured(HttpResponse(render_to_string("fact_check/form.html", context), status=status))


def _title(link: ShareLink) -> str:
    return next((line.removeprefix("title:").strip() for line in link.version.text.splitlines() if line.startswith("title:")), "")


def _taken(request, link: ShareLink, token: str):
    """Judge what was sent: kept, or shown again with everything that was typed and what is wrong where."""
    judged, faults = _judged(request.POST, parts(link.version, current.edition()))
    who = _typed(request.POST, "who")
    if len(who) > fact_check.LONGEST_WHO:
        faults[""] = f"Vem som svarar får ha högst {fact_check.LONGEST_WHO} tecken."
    if faults:
        return _form(link, request.POST, faults, 400)
    try:
        fact_check.answer(link, judged, who)
    except fact_check.DeadLinkError:
        raise
    except PublishingError as error:
        return _form(link, request.POST, {"": " ".join(error.messages)}, 400)
    return _secured(HttpResponseRedirect(reverse("fact-check-thanks", args=[token])))


def _typed(given: QueryDict, name: str) -> str:
    """One text of the form, its lines as ours. PostgreSQL holds no NUL."""
    return given.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()


def _judged(given: QueryDict, asked: list[Part]) -> tuple[list[fact_check.Judged], dict[str, str]]:
    """What was said of each part, and a sentence for each place where something is wrong or missing."""
    found, faults = [], {}
    for part in asked:
        remark = _typed(given, f"r-{part.place}")
        verdict = given.get(f"v-{part.place}", "") or ("holds" if "rest" in given and not remark else "")
        if verdict and verdict not in fact_check.VERDICTS:
            faults[part.place] = "Välj stämmer eller behöver ändras."
        elif verdict == "change" and not remark:
            faults[part.place] = "Skriv vad som behöver ändras."
        elif remark and not verdict:
            faults[part.place] = "Välj om delen stämmer eller behöver ändras."
        elif len(remark) > fact_check.LONGEST_REMARK:
            faults[part.place] = f"Anmärkningen har {len(remark)} tecken. Högst {fact_check.LONGEST_REMARK} får plats."
        elif verdict:
            found.append(fact_check.Judged(part.place, part.label, verdict, remark))
    return found, faults


def fact_check_thanks(request, token: str):
    """After an answer; the link can be used again while it lives."""
    return _words(200, "Tack", "Redaktionen har fått ditt svar. Du kan stänga sidan.")


def _words(status: int, title: str, text: str, typed: QueryDict | None = None):
    """A page of a few sentences, with what was typed, so that it can be copied."""
    kept = [value for name, value in (typed or {}).items() if name.startswith("r-") and value.strip()]
    context = {"title": title, "text": text, "kept": kept}
    return _secured(HttpResponse(render_to_string("fact_check/words.html", context), status=status))


def _secured(response):
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


urlpatterns = [
    path("<str:token>/", fact_check_page, name="fact-check"),
    path("<str:token>/tack/", fact_check_thanks, name="fact-check-thanks"),
]
