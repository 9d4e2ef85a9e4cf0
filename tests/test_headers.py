"""Every kind of answer, from every door: closed to other sites, to devices, to frames and to sniffing."""

import pytest
from django.middleware.security import SecurityMiddleware
from django.test import Client

from guides.public import middleware
from guides.publishing.current import NotReadyError
from guides.publishing.release import rename, withdraw
from guides.publishing.roles import ADMINISTRATOR
from tests import upload_samples as samples
from tests.factories import make_grant, make_guide, make_page, make_statute, make_step, make_upload, published
from tests.serving import manage

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": middleware.PERMISSIONS,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
# Status, address, and how it is asked for where that is not GET.
ANSWERS = [
    (200, "/om/sidan/"), (200, "/om/sidan/"), (304, "/om/sidan/", "known"), (200, "/om/sidan/", "head"), (404, "/finns/inte/"), (410, "/om/borta/"),
    (301, "/om/sidan"), (301, "/om/gammal/"), (400, "/om/tillganglighet/rapport/", "post"), (405, "/om/sidan/", "put"), (403, "/om/tillganglighet/rapport/", "elsewhere"),
    (500, "/ordlista/", "broken"), (200, "/sok/?q=a"), (200, "/sok/forslag.json?q=a"), (200, "/halsa/"), (200, "/sitemap.xml"), (200, "/robots.txt"),
    (200, "/.well-known/security.txt"), (200, "/nytt/atom.xml"), (200, "/finansiering/kalender.ics"), (200, "/lag/2098:1.md"), (200, "/api/"),
    (200, "/api/guides/"), (404, "/api/guides/nej/"), (404, "/api/nej/"), (200, "/filer/rutinen/rutin.pdf"), (200, "/handlingsplan/plan.docx"), (301, "/favicon.ico"),
    (200, "/static/img/favicon.svg"), (200, "/static/css/admin.css"), (404, "/static/finns-inte.css"), (410, "/faktakoll/x/"), (405, "/faktakoll/x/", "put"),
    (200, "/admin/login/"), (302, "/admin/"), (200, "/admin/", "staff"), (404, "/admin/finns-inte/", "staff"), (403, "/admin/guides/version/add/", "staff"),
    (200, "/admin/kontakter/kontakter.csv", "staff"), (200, "/admin/jsi18n/", "staff"), (500, "/admin/guides/page/", "broken staff"), (403, "/admin/login/", "forged"),
    (400, "/om/sidan/", "other host"), (400, "/admin/", "other host"), (301, "/om/sidan/", "http"), (503, "/guider/?datum=2026-01-01", "waiting"), (200, "/guider/guiden/handbok.pdf"),
]  # fmt: skip


@pytest.fixture
def site(db, settings, tmp_path, monkeypatch):
    """One of everything that answers, as production has it."""
    settings.DATA_DIR, settings.SECURITY_CONTACT = tmp_path, "sakerhet@example.se"
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD = 31536000, True, True
    monkeypatch.setattr(middleware, "_security", SecurityMiddleware(lambda request: None))
    pages = [make_page(key=key) for key in ("sidan", "borta", "gammal", "tillganglighet")]
    published(*pages, make_guide([make_step()], key="guiden"), make_statute(key="2098:1"), make_grant(), make_upload(samples.PDF, "rutin.pdf", key="rutinen"))
    withdraw("page", "borta", None, "Slut.")
    rename(pages[2], "ny", None)


def ask(path, how, person):
    """The answer; over HTTPS, as the proxy in front says."""
    client = Client(headers={} if how == "http" else {"X-Forwarded-Proto": "https"}, raise_request_exception=False)
    if "staff" in how:
        client.force_login(person)
    if how == "known":
        return client.get(path, headers={"If-None-Match": client.get(path).headers["ETag"]})
    if how == "elsewhere":
        return client.post(path, headers={"Sec-Fetch-Site": "cross-site"})
    if how == "forged":
        return Client(enforce_csrf_checks=True, headers={"X-Forwarded-Proto": "https"}).post(path, {})
    if how == "other host":
        return client.get(path, headers={"Host": "evil.example"})
    return {"head": client.head, "put": client.put, "post": client.post}.get(how, client.get)(path)


def broken(*arguments, **more):
    raise RuntimeError("planterat fel")


def not_ready(day):
    raise NotReadyError


def test_every_kind_of_answer_is_closed(site, person, monkeypatch):
    """One table, so that what is added to the site has a row or an excuse."""
    wrong, boss = [], person("boss", ADMINISTRATOR)
    for status, path, *how in ANSWERS:
        how = how[0] if how else ""
        with monkeypatch.context() as planted:
            if "broken" in how:
                planted.setattr("guides.admin.base.current" if "staff" in how else "guides.public.views.pages.show", broken)
            if how == "waiting":
                planted.setattr("guides.public.dated.edition_of_day", not_ready)
            answer = ask(path, how, boss)
        headers, told = answer.headers, f"{path} {how}"
        if answer.status_code != status:
            wrong.append(f"{told}: {answer.status_code}, not {status}")
            continue
        wanted = dict(ALWAYS)
        if how == "http":
            del wanted["Strict-Transport-Security"]
        wanted["Referrer-Policy"] = "same-origin" if path.startswith(("/admin/", "/static/")) or how == "http" else "no-referrer"
        wrong += [f"{told}: {n} is {headers.get(n)!r}" for n, value in wanted.items() if headers.get(n) != value]
        policy = headers.get("Content-Security-Policy", "")
        if not policy.startswith("default-src 'none'") or "unsafe-" in policy or "nonce-" in policy or "frame-ancestors 'none'" not in policy:
            wrong.append(f"{told}: {policy!r}")
        open_to_all = headers.get("Access-Control-Allow-Origin") == "*"
        if open_to_all != (path.startswith("/api/") and path != "/api/nej/") or (headers.get("Cross-Origin-Resource-Policy") == "same-origin") == open_to_all:
            wrong.append(f"{told}: {headers.get('Cross-Origin-Resource-Policy')}")
        if answer.cookies and not (path.startswith("/admin/") and all(c["path"] == "/admin/" for c in answer.cookies.values())):
            wrong.append(f"{told}: {answer.cookies}")
    assert not wrong, "\n".join(wrong)


README = {
    "PUBLIC_URL": "https://avhoppare.example", "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzåäö" * 2, "DEFAULT_FROM_EMAIL": "red@example.se",
    "EMAIL_URL": "smtp+tls://u:p@localhost:587", "ALLOWED_HOSTS": "avhoppare.example", "SECURITY_CONTACT": "sakerhet@example.se",
}  # fmt: skip


def test_check_deploy_is_silent_with_the_variables_of_the_readme(tmp_path):
    """Not a warning."""
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **README)
    assert done.returncode == 0 and "no issues" in done.stdout.replace("inga problem", "no issues"), done.stdout + done.stderr
