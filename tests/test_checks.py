"""System checks: wrong wiring is told at start, with a sentence, a hint and an id."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from guides import checks


def ids(found) -> list[str]:
    return [message.id for message in found if message.id.startswith("guides.")]


def test_site_has_no_complaints():
    """As it stands in the repository."""
    call_command("check", fail_level="WARNING")


def test_checks_are_connected(monkeypatch):
    """What they would find, manage.py check finds."""
    monkeypatch.setattr(checks, "ALLOWED_TAGS", checks.ALLOWED_TAGS | {"script"})
    assert ids(run_checks()) == ["guides.E001"]


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "object", "embed", "form", "input"])
def test_active_tag_in_the_allow_list_is_told(monkeypatch, tag):
    """guides.E001, by name."""
    monkeypatch.setattr(checks, "ALLOWED_TAGS", checks.ALLOWED_TAGS | {tag})
    (error,) = checks.allowed_html_is_harmless(None)
    assert error.id == "guides.E001" and tag in error.msg and error.hint


@pytest.mark.parametrize("attribute", ["onclick", "onload", "style"])
def test_active_attribute_in_the_allow_list_is_told(monkeypatch, attribute):
    """guides.E001 for what runs or paints."""
    monkeypatch.setattr(checks, "ALLOWED_ATTRIBUTES", checks.ALLOWED_ATTRIBUTES | {"p": [attribute]})
    (error,) = checks.allowed_html_is_harmless(None)
    assert attribute in error.msg


def test_component_without_contract_is_told(settings, tmp_path):
    """guides.E002 names the file."""
    folder = tmp_path / "templates" / "components"
    folder.mkdir(parents=True)
    (folder / "good.html").write_text("{% comment %}\nName: str\n{% endcomment %}<p>")
    (folder / "silent.html").write_text("<p>")
    settings.BASE_DIR = tmp_path
    (error,) = checks.components_open_with_their_contract(None)
    assert error.id == "guides.E002" and "silent.html" in error.msg and "good.html" not in error.msg


def test_deploy_without_sender_or_key_is_warned(settings):
    """guides.W001 and W002, only with --deploy."""
    settings.DEFAULT_FROM_EMAIL = "webmaster@localhost"
    assert set(ids(run_checks(include_deployment_checks=True))) == {"guides.W001", "guides.W002"}
    assert ids(run_checks()) == []
