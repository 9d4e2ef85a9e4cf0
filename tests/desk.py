"""A furnished desk: one row of everything that the staff door shows, and the addresses of all its screens."""

from datetime import timedelta

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from guides.models import CONTENT_MODELS, Download, LinkCheck, Mailbox, OpenQuestion, Question, Report
from guides.publishing.release import check, rename
from guides.publishing.upkeep.links import register
from guides.publishing.versions import latest, save_version
from tests import factories
from tests.factories import approved, make_contact, make_page, make_step, published
from tests.second_factor import seat

PASSWORD = "anna"
VERBS = ("publicera", "dra-tillbaka", "kontroll", "byt-nyckel", "versioner", "jamfor", "maskera")


def furnish() -> dict[str, str]:
    """Fill an empty database; name and address of every screen that a superuser called anna can open."""
    anna = get_user_model().objects.create_superuser("anna", "red@example.se", PASSWORD)
    seat(anna)
    # She has never logged in.
    get_user_model().objects.create_superuser("eva", password=PASSWORD)
    makers = [getattr(factories, name) for name in dir(factories) if name.startswith("make_")]
    rows = [make() for make in makers if make.__name__ not in ("make_task", "make_responsibility")]
    rows += [
        model.objects.create(key="en", title="En", basis="proposal", body="Text.", **more)
        for model, more in ((Question, {"answer": "Kort."}), (Download, {"summary": "Kort."}))
    ]
    published(*rows)
    step = published(make_step(title="Ring polisen", tasks=[{"text": "Ring."}], responsibilities=[{}]))
    step.aim, step.body = "Ett annat mål.", "En text med [länk](https://example.se/)."
    step.save()
    save_version(step, anna)
    contact = published(make_contact(title="Kommunens stöd", recheck_class="B"))
    check("contact", contact.key, "answers", anna, reason="Provringt.")
    rename(published(make_page()), "nytt-namn", anna)
    published(make_page(title="Kommer snart"), by=anna, effective_from=timezone.now() + timedelta(days=3))
    draft = make_page(title="Bara ett utkast")
    save_version(draft, anna)
    Mailbox.objects.create(function="Redaktionen", address="redaktionen@example.se")
    Report.objects.create(subject="access", text="Går inte att läsa.", hour=timezone.now())
    OpenQuestion.objects.create(question="Har linjen öppnat?", source="https://example.se/")
    together = make_page(title="Går ut med sin källa", sources=[factories.make_source(title="Ny källa")])
    approved(save_version(together.sources.get(), anna), save_version(together, anna))
    register()
    links = LinkCheck.objects.filter(state="new")
    links.update(state="moved", moved_to="https://example.se/ny", checked_at=timezone.now(), changed_at=timezone.now())
    LinkCheck.objects.filter(pk=links.model.objects.first().pk).update(
        state="broken", reason="Sidan finns inte (404)."
    )
    return _screens(anna, step, contact, draft) | {"publish together": reverse("admin:page_publicera", args=[together.pk])}


def _screens(anna, step, contact, draft) -> dict[str, str]:
    found = {
        "start": reverse("admin:index"),
        "schedule": reverse("schedule"),
        "links": reverse("desk:links"),
        "due": reverse("desk:due"),
        "moment": reverse("moments"),
        "ring round": reverse("ring-round"),
        "two factor": reverse("two-factor"),
        "phone": reverse("phone"),
        "a lost phone": reverse("admin:auth_user_tvasteg", args=[anna.pk]),
        "password": reverse("admin:password_change"),
        "password changed": reverse("admin:password_change_done"),
        "user's password": reverse("admin:auth_user_password_change", args=[anna.pk]),
        "app": reverse("admin:app_list", args=["guides"]),
        "delete": reverse("admin:guides_page_delete", args=[draft.pk]),
        "history": reverse("admin:guides_step_history", args=[step.pk]),
        "searched": f"{reverse('admin:guides_contact_changelist')}?q=finns-inte",
        "popup": f"{reverse('admin:guides_source_add')}?_popup=1",
        "404": "/admin/finns-inte/",
        "403": reverse("admin:guides_version_add"),
        "400": f"{reverse('admin:guides_step_changelist')}?tasks__text__regex=x",
    }
    assert latest("step", step.key).number == 2
    for verb in VERBS:
        found[verb] = reverse(f"admin:step_{verb}", args=[step.pk])
    found["kontroll of a contact"] = reverse("admin:contact_kontroll", args=[contact.pk])
    for model, model_admin in admin.site._registry.items():
        name, address = model._meta.model_name, f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found[f"list of {name}"] = reverse(f"{address}_changelist")
        row = {"step": step, "contact": contact}.get(name) or model._default_manager.first()
        if row:
            found[f"change {name}"] = reverse(f"{address}_change", args=[row.pk])
        if model in CONTENT_MODELS or name in ("user", "group", "mailbox", "openquestion"):
            found[f"add {name}"] = reverse(f"{address}_add")
        assert model_admin
    return found
