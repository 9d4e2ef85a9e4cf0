"""Mail to all reviewers, never to one of them: nobody chooses who looks."""

from __future__ import annotations

import logging
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from guides.models import MODEL_OF

log = logging.getLogger("guides.post")
REVIEW = "guides.review_document"


def addresses() -> list[str]:
    """Where mail to reviewers goes: everybody active who may review and has an address."""
    found = get_user_model().objects.with_perm(REVIEW).filter(is_active=True).exclude(email="")
    return sorted(set(found.values_list("email", flat=True)))


def who_is_told(by) -> str:
    """The sentence that tells `by` who gets the mail: that nobody else does, when no reviewer's account has an address."""
    others = [address for address in addresses() if address != by.email]
    return "Alla granskare får ett mejl." if others else "Ingen annan granskare har en mejladress: säg själv till någon."


def to_reviewers(subject: str, sentences: list[str], kind: str, key: str, verb: str) -> None:
    """Send when the transaction commits; a mail that fails is logged and undoes nothing. It names titles, never texts."""
    model = MODEL_OF[kind]
    pk = model.objects.filter(key=key).values_list("pk", flat=True).first()
    link = settings.PUBLIC_URL + reverse(f"admin:{model._meta.model_name}_{verb}", args=[pk]) if pk else ""
    text = "\n\n".join(["Hej!", *sentences, *([link] if link else []), ""])
    transaction.on_commit(partial(_send, " ".join(subject.split()), text))


def _send(subject: str, text: str) -> None:
    try:
        mails = [EmailMessage(subject, text, to=[address]) for address in addresses()]
        get_connection().send_messages(mails)
    except (SMTPException, OSError):
        log.exception("Brevet till granskarna gick inte att skicka.")
