"""Headers, cookies and passwords: what gives nobody a way in, and leaves no trace of who was there."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from tests.factories import make_page, published
from tests.serving import in_shell, manage

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


@pytest.mark.parametrize("path", ["/", "/om/sidan/", "/finns/inte/", "/sok/?q=a", "/halsa/", "/sitemap.xml", "/om/sidan"])
def test_every_public_answer_is_closed_to_other_sites(client, db, path):
    """No window of theirs holds ours, no page of theirs loads ours, no device is asked for."""
    published(make_page(key="sidan"))
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert {f"{name}=()" for name in ("camera", "geolocation", "microphone")} <= set(headers["Permissions-Policy"].split(", "))


def test_open_data_may_be_loaded_by_any_site(client, db):
    """CORS and a policy that forbids it would contradict each other."""
    headers = client.get("/api/").headers
    assert headers["Access-Control-Allow-Origin"] == "*" and "Cross-Origin-Resource-Policy" not in headers


def test_public_page_sets_no_cookie_even_for_an_editor(editor_client, db):
    """Who edits is a visitor like others outside /admin/."""
    published(make_page(key="sidan"))
    for path in ("/", "/om/sidan/", "/sok/?q=a"):
        assert editor_client.get(path).cookies == {}


PRODUCTION = {"PUBLIC_URL": "https://avhoppare.example", "SECRET_KEY": "0123456789abcdef" * 4}
OVER_HTTPS = """
from django.contrib.auth import get_user_model
from django.test import Client
from tests.second_factor import code, phone_of
phone_of(get_user_model().objects.create_superuser("anna", password="ett-langt-losenord"))
browser = Client(headers={"X-Forwarded-Proto": "https", "Host": "avhoppare.example"})
assert browser.get("/admin/login/").status_code == 200
answer = browser.post("/admin/login/", {"username": "anna", "password": "ett-langt-losenord", "code": code(), "next": "/admin/"})
assert answer.status_code == 302, answer.content
found = {**browser.cookies}
assert set(found) == {"__Secure-s", "__Secure-c"}, set(found)
for cookie in found.values():
    assert cookie["path"] == "/admin/" and cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Strict"
assert 8 * 3600 - 60 < found["__Secure-s"]["max-age"] <= 8 * 3600
assert "max-age=31536000; includeSubDomains; preload" in answer.headers["Strict-Transport-Security"]
assert Client(headers={"Host": "avhoppare.example"}).get("/").status_code == 301
"""


def test_cookies_over_https_are_the_staffs_alone(tmp_path):
    """Neutral names that only https may set, under /admin/, for eight hours; and HSTS."""
    assert manage(tmp_path, "migrate", **PRODUCTION).returncode == 0
    assert manage(tmp_path, "collectstatic", "--noinput", **PRODUCTION).returncode == 0
    in_shell(tmp_path, OVER_HTTPS, **PRODUCTION)


@pytest.mark.parametrize("password", ["kort", "password1234", "elvatecken1"])
def test_short_or_common_password_is_refused(password):
    """NIST SP 800-63B: length, and a list of what everybody tries."""
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", ["korrekt häst batteri", "aaaaaaaabbbbbbbbcc dd", "ett ord till och så ett", "å" * 64])
def test_long_password_needs_neither_digits_nor_signs(password):
    """No rules of composition; spaces and any letters; at least 64 characters are taken."""
    validate_password(password)
    assert not [text for text in password_validators_help_texts() if "siffr" in text and "minst en" in text]
