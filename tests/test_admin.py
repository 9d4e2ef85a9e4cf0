"""The staff door: every screen answers, and every form says what is wrong and keeps what was typed."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from guides.models import (
    CONTENT_MODELS,
    AuditEntry,
    Contact,
    Download,
    Mailbox,
    OpenQuestion,
    Page,
    Question,
    Report,
    Source,
    Version,
)
from guides.publishing.release import check, rename
from tests import factories
from tests.factories import make_contact, make_page, make_source, make_step, published
from tests.forms import save, told

# The audit log is for administrators: tests/test_audit.py.
MODELS = [model for model in admin.site._registry if model._meta.app_label == "guides" and model is not AuditEntry]
NAMES = [model._meta.model_name for model in MODELS]
CONTENT = [model for model in MODELS if model in CONTENT_MODELS]
# Words that Swedish and English share.
SPELT_ALIKE = {"text", "organisation", "position"}
VERBS = ("forhandsgranska", "publicera", "dra-tillbaka", "kontroll", "versioner")


def address(model, page: str, *args) -> str:
    return reverse(f"admin:guides_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def rows(db):
    """One saved and released row of every model that the admin has."""
    makers = [getattr(factories, name) for name in dir(factories) if name.startswith("make_")]
    found = [make() for make in makers if make.__name__ not in ("make_task", "make_responsibility")]
    found += [model.objects.create(key="en", title="En", basis="proposal") for model in (Question, Download)]
    for row in found[-2:]:
        setattr(row, "answer" if row.kind == "question" else "summary", "Kort.")
        row.body = "Text."
        row.save()
    published(*found)
    contact = Contact.objects.first()
    check("contact", contact.key, "answers", None)
    rename(make_page(), "nytt-namn", None)
    Mailbox.objects.create(function="Redaktionen", address="redaktionen@example.se")
    Report.objects.create(subject="access", text="Går inte att läsa.", hour=timezone.now())
    OpenQuestion.objects.create(question="Har linjen öppnat?", source="https://example.se/")
    return {model: model.objects.first() for model in MODELS}


def test_every_kind_of_content_is_in_the_admin():
    """A noun that can be written in a file can be written here."""
    assert set(CONTENT) == set(CONTENT_MODELS)


def test_list_answers_and_can_be_searched(approver_client, rows):
    """With a word, with Swedish letters, with nothing found."""
    for model in MODELS:
        for query in ("", "?q=1", "?q=%C3%A5%C3%A4%C3%B6", "?q=finns-inte-alls", "?o=1", "?p=0"):
            assert approver_client.get(address(model, "changelist") + query).status_code == 200, (model, query)


def test_every_filter_of_a_list_answers(approver_client, rows):
    """Each choice that the side of the list offers."""
    for model in MODELS:
        shown = approver_client.get(address(model, "changelist"))
        changelist = shown.context["cl"]
        for spec in changelist.filter_specs:
            for choice in list(spec.choices(changelist))[:4]:
                answer = approver_client.get(address(model, "changelist") + choice.get("query_string", "?"))
                assert answer.status_code == 200, (model, choice)


def test_row_can_be_opened(approver_client, rows):
    """A row of every model there is."""
    for model in MODELS:
        assert rows[model], model
        assert approver_client.get(address(model, "change", rows[model].pk)).status_code == 200


@pytest.mark.parametrize("model", CONTENT, ids=[m._meta.model_name for m in CONTENT])
def test_form_for_a_new_row_answers(approver_client, db, model):
    """Empty, before there is anything else."""
    assert approver_client.get(address(model, "add")).status_code == 200


def test_every_verb_of_a_row_answers(approver_client, rows):
    """Preview, release, withdraw, check and history, of every kind."""
    for model in CONTENT:
        for verb in VERBS:
            place = reverse(f"admin:{model._meta.model_name}_{verb}", args=[rows[model].pk])
            assert approver_client.get(place).status_code == 200, (model, verb)


def test_unchanged_form_can_be_saved_and_makes_no_version(approver_client, rows):
    """What the form shows is what the row holds: saving it as it stands changes nothing."""
    for model in CONTENT:
        before = Version.objects.count()
        answer = save(approver_client, address(model, "change", rows[model].pk))
        assert answer.status_code == 302, told(answer)
        assert Version.objects.count() == before, model


@pytest.mark.parametrize("model", CONTENT, ids=[m._meta.model_name for m in CONTENT])
def test_draft_with_next_to_nothing_can_be_previewed(approver_client, db, model):
    """Only key and title are needed to save, so a preview bears that all the rest is empty."""
    key = "2099:999" if model.kind == "statute" else "tomt-utkast"
    row = model(key=key, title="Utkast")
    row.save()
    answer = approver_client.get(reverse(f"admin:{model._meta.model_name}_forhandsgranska", args=[row.pk]))
    assert answer.status_code == 200
    assert approver_client.get(address(model, "change", row.pk)).status_code == 200


def test_autocomplete_of_every_field_answers(approver_client, rows):
    """Each field that looks things up finds them."""
    for model in MODELS:
        inlines = [inline for inline in admin.site._registry[model].inlines]
        places = [(model, admin.site._registry[model])] + [(inline.model, inline) for inline in inlines]
        for owner, form in places:
            for name in form.autocomplete_fields:
                asked = {"app_label": "guides", "model_name": owner._meta.model_name, "field_name": name, "term": ""}
                answer = approver_client.get(reverse("admin:autocomplete"), asked)
                assert answer.status_code == 200, (owner, name)
                assert answer.json()["results"], (owner, name)


def test_every_label_is_swedish():
    """No field of a content model shows its English name."""
    for model in CONTENT_MODELS:
        fields = [f for f in model._meta.get_fields() if getattr(f, "editable", False) and not f.auto_created]
        english = [f.name for f in fields if str(f.verbose_name) == f.name.replace("_", " ")]
        assert set(english) <= SPELT_ALIKE, model


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("pk", ["999999", "abc", "0", "%00", "1/2"])
def test_verb_of_a_row_that_is_not_there_is_404(approver_client, db, verb, pk):
    """A mistyped address of the staff is no error of ours."""
    assert approver_client.get(f"/admin/guides/page/{pk}/{verb}/").status_code == 404


def test_visitor_is_sent_to_the_login(client, rows):
    """Nothing of the staff's is shown to who has not logged in."""
    for model in MODELS:
        answer = client.get(address(model, "changelist"))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/admin/login/")
    page = rows[Page]
    for verb in VERBS:
        assert client.get(reverse(f"admin:page_{verb}", args=[page.pk])).status_code == 302


def test_staff_pages_are_kept_nowhere(approver_client, rows):
    """No draft stays in a proxy or on a borrowed computer, and the form's origin can be told."""
    for place in (
        "/admin/",
        address(Page, "changelist"),
        address(Page, "change", rows[Page].pk),
        f"/admin/guides/page/{rows[Page].pk}/forhandsgranska/",
    ):
        answer = approver_client.get(place)
        assert "no-store" in answer["Cache-Control"], place
        assert answer["Referrer-Policy"] == "same-origin", place


# Forms.


def test_number_is_saved_in_its_normal_form(approver_client, db):
    """Typed as on a letterhead, kept as one dials it."""
    contact = make_contact(number="+46855500100")
    answer = save(approver_client, address(Contact, "change", contact.pk), number="08-540 81 180", display="")
    assert answer.status_code == 302, told(answer)
    contact.refresh_from_db()
    assert contact.number == "+46854081180"


def test_nonsense_number_is_refused_in_swedish_and_kept_in_the_form(approver_client, db):
    """The message says how to write it, and nothing that was typed is lost."""
    contact = make_contact(number="+46855500100")
    answer = save(approver_client, address(Contact, "change", contact.pk), number="ring mig", title="Ny titel")
    assert answer.status_code == 200
    (message,) = told(answer)
    assert "Skriv" in message or "nummer" in message.lower()
    text = answer.content.decode()
    assert "ring mig" in text and "Ny titel" in text
    contact.refresh_from_db()
    assert contact.number == "+46855500100"


def test_same_number_in_another_contact_is_told(approver_client, db):
    """A shared socialjour stands in several records: the other ones are to be looked at too."""
    make_contact(title="Jouren i Karlstad", number="+46545405054")
    contact = make_contact(number="+46855500100")
    place = address(Contact, "change", contact.pk)
    answer = save(approver_client, place, number="054-540 50 54", display="")
    shown = approver_client.get(answer["Location"]).content.decode()
    assert "Jouren i Karlstad" in shown


@pytest.mark.parametrize("key", ["Stor", "med mellanslag", "å", "utskrift", "a" * 101])
def test_invalid_key_is_refused_in_swedish(approver_client, db, key):
    """Before it becomes an address."""
    answer = save(approver_client, address(Source, "add"), title="Källa", key=key)
    assert answer.status_code == 200 and told(answer)
    assert not Source.objects.exists()


def test_key_cannot_be_changed_in_the_form(approver_client, db):
    """Renaming is a verb of its own."""
    source = make_source(key="kalla")
    save(approver_client, address(Source, "change", source.pk), key="annan", title="Ny titel")
    source.refresh_from_db()
    assert (source.key, source.title) == ("kalla", "Ny titel")


def test_taken_key_is_refused(approver_client, db):
    """Two sources cannot have one address."""
    make_source(key="kalla")
    assert told(save(approver_client, address(Source, "add"), title="Källa", key="kalla"))


def test_key_that_has_been_given_away_is_refused(approver_client, db):
    """An old key is never given out again, not to a new row either."""
    source = published(make_source(key="kalla"))
    rename(source, "ny-kalla", None)
    assert told(save(approver_client, address(Source, "add"), title="Källa", key="kalla"))
    assert Source.objects.count() == 1


@pytest.mark.parametrize("field", ["sources", "contacts"])
def test_used_row_cannot_be_deleted(approver_client, db, field):
    """What a step refers to stays, also before it has been released."""
    row = make_source() if field == "sources" else make_contact()
    make_step(**{field: [row]})
    approver_client.post(address(type(row), "delete", row.pk), {"post": "yes"})
    assert type(row).objects.filter(pk=row.pk).exists()


def test_released_row_cannot_be_deleted(approver_client, db):
    """What has been public is withdrawn."""
    page = published(make_page())
    assert approver_client.post(address(Page, "delete", page.pk), {"post": "yes"}).status_code == 403
    assert Page.objects.exists()


def test_unused_draft_can_be_deleted(approver_client, db):
    """A page begun by mistake goes away again."""
    page = make_page()
    assert approver_client.post(address(Page, "delete", page.pk), {"post": "yes"}).status_code == 302
    assert not Page.objects.exists()


@pytest.mark.parametrize("name", ["version", "release", "check", "rename"])
def test_history_can_be_neither_added_changed_nor_deleted(approver_client, rows, name):
    """What publishing writes is read here, and no more."""
    (model,) = [model for model in MODELS if model._meta.model_name == name]
    pk = rows[model].pk
    assert approver_client.get(address(model, "add")).status_code == 403
    assert approver_client.post(address(model, "change", pk), {"key": "x"}).status_code == 403
    assert approver_client.post(address(model, "delete", pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=pk).exists()


def test_migrations_hold_what_the_models_say(db):
    """No change of a model waits for its migration."""
    call_command("makemigrations", "guides", check=True, dry_run=True, verbosity=0)
    assert apps.get_app_config("guides").verbose_name
