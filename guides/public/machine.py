"""Records as JSON for other sites and programs: what the public pages say, without their links and marks.

Numbers are those of the public: what only a professional page may show is in none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings

from guides.addresses import address
from guides.edition.edition import Edition
from guides.edition.guide_records import Actor, Guide, GuideStep, Responsibility, Statement, Task
from guides.edition.records import PUBLIC, Basis, Contact, Grant, Provision, Record
from guides.public.filling import words
from guides.text.markup import Rich


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _url(path: str) -> str:
    return settings.PUBLIC_URL + path if path.startswith("/") else path


class Machine:
    """Turns the records of one edition into what `json.dumps` takes."""

    def __init__(self, edition: Edition):
        self.edition = edition

    def text(self, rich: Rich) -> str:
        return words(rich, self.edition, PUBLIC)

    def common(self, record: Record) -> dict:
        dates = record.dates
        return {
            "key": record.key,
            "title": record.title,
            "url": _url(address(record, self.edition)),
            "published": _day(dates.published),
            "updated": _day(dates.updated),
            "reviewed": _day(dates.reviewed),
            "owner": dates.owner,
            "version": dates.version,
        }

    def basis(self, basis: Basis) -> dict:
        sources = [{"title": s.title, "publisher": s.publisher, "year": s.year, "url": s.url} for s in basis.sources]
        return {"basis": basis.label, "sources": sources}

    def guide(self, guide: Guide) -> dict:
        steps = [self.step(here) for here in self.edition.steps(guide)]
        return self.common(guide) | {"summary": self.text(guide.summary), "steps": steps}

    def step(self, here: GuideStep) -> dict:
        step = here.step
        return self.common(step) | {
            "url": _url(address(here)),
            "number": here.number,
            "aim": self.text(step.aim),
            "time_frame": step.time_label,
            "tasks": [self.task(task) for task in step.tasks],
            "responsibilities": [self.responsibility(item) for item in step.responsibilities],
            "provisions": [provision.key for provision in step.provisions],
            "contacts": [contact.key for contact in step.contacts],
        }

    def task(self, task: Task) -> dict:
        return {
            "key": task.key,
            "text": self.text(task.text),
            "detail": self.text(task.detail),
            "situations": [situation.title for situation in task.situations],
            "provisions": [provision.key for provision in task.provisions],
            "actor": task.actor.key if task.actor else None,
        } | self.basis(task.basis)

    def responsibility(self, item: Responsibility) -> dict:
        told = {"actor": item.actor.key, "role": item.role_label, "what": self.text(item.what)}
        return told | self.basis(item.basis)

    def provision(self, provision: Provision) -> dict:
        return self.common(provision) | {
            "statute": provision.statute.key,
            "citation": provision.citation,
            "state": provision.state_label,
            "repealed": provision.statute.repealed,
            "verified": provision.verified,
            "summary": self.text(provision.summary),
            "meaning": self.text(provision.meaning),
            "now": [successor.key for successor in provision.now],
            "law_text": provision.url,
        }

    def actor(self, actor: Actor) -> dict:
        return self.common(actor) | {
            "summary": self.text(actor.summary),
            "responsible_for": [self.statement(said) for said in actor.responsible_for],
            "takes_part_in": [self.statement(said) for said in actor.takes_part_in],
            "not_asked_for": [self.statement(said) for said in actor.not_asked_for],
            "contacts": [contact.key for contact in actor.contacts],
        }

    def statement(self, said: Statement) -> dict:
        return {"text": self.text(said.text)} | self.basis(said.basis)

    def grant(self, grant: Grant) -> dict:
        return self.common(grant) | {
            "funder": grant.funder,
            "state": grant.state_label,
            "confirmed": grant.verified,
            "opens_on": _day(grant.opens_on),
            "closes_on": _day(grant.closes_on),
            "municipality_can_apply": grant.municipality_can_apply,
            "applicants": self.text(grant.applicants),
            "purpose": self.text(grant.purpose),
            "amount": self.text(grant.amount),
            "how_to_apply": self.text(grant.how_to_apply),
            "regulation": grant.regulation_url,
        }

    def contact(self, contact: Contact) -> dict:
        number = contact.number(PUBLIC)
        return self.common(contact) | {
            "organisation": contact.organisation,
            "number": {"value": number.value, "display": number.display, "note": number.note} if number else None,
            "ask_for": contact.ask_for,
            "hours": contact.hours,
            "county": contact.county,
            "municipality": contact.municipality,
            "languages": contact.languages,
            "website": contact.url,
        }


# Collection in the address -> kind, and what makes one of it. Only Swedish guides: the others are translations.
COLLECTIONS: dict[str, tuple[str, Callable[[Machine, Record], dict]]] = {
    "guides": ("guide", Machine.guide),
    "provisions": ("provision", Machine.provision),
    "actors": ("actor", Machine.actor),
    "grants": ("grant", Machine.grant),
    "contacts": ("contact", Machine.contact),
}
