"""One function for each kind: a Document in, its record out, or None when it cannot stand alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import MappingProxyType

from guides.edition import guide_records as g
from guides.edition import records as r
from guides.edition.files import file
from guides.edition.numbers import CONFIRMED_FOR, audiences, confirmed_on, numbers
from guides.edition.resolving import Resolver
from guides.text.citations import Target
from guides.text.documents import Document, digest
from guides.text.markup import Rich

CLOSING_SOON = timedelta(days=30)
WITHOUT_VOICE = re.compile(r"\b(?:chatt|sms)\b", re.IGNORECASE)


def source(b: Resolver, d: Document, common: dict) -> r.Source:
    return r.Source(**common, publisher=d["publisher"], url=d["url"], year=d["year"], note=d["note"])


def county(b: Resolver, d: Document, common: dict):
    return r.County(**common, code=d["code"])


def municipality(b: Resolver, d: Document, common: dict):
    county = b.one("county", d["county"])
    return county and r.Municipality(
        **common,
        code=d["code"],
        county=county,
        police_region=d["police_region"],
        local_note=b.rich(d["local_note"]),
    )


def statute(b: Resolver, d: Document, common: dict):
    starts, ends = d["in_force_from"], d["repealed_on"]
    b.switch_on(starts)
    b.switch_on(ends)
    return r.Statute(
        **common,
        short_name=d["short_name"],
        aliases=d["aliases"],
        in_force_from=starts,
        repealed_on=ends,
        repealed=bool(ends and ends <= b.today),
        coming=bool(starts and starts > b.today),
        replaced_by=None,
        url=d["url"],
        text_read=d["text_read"],
        note=b.rich(d["note"]),
    )


def anchor_of(statute: str, chapter: str, section: str) -> str:
    """Where on its statute's page a provision stands: K11P1, P3, A6."""
    target = Target(statute=statute, chapter=chapter, section=section.removeprefix("art.").strip())
    return f"A{target.section.replace('.', '')}" if section.startswith("art") else target.anchor


def provision(b: Resolver, d: Document, common: dict):
    statute = b.one("statute", d["statute"])
    if statute is None:
        return None
    verified = d["verified"]
    return r.Provision(
        **common,
        statute=statute,
        chapter=d["chapter"],
        section=d["section"],
        summary=b.rich(d["summary"]) if verified else Rich(),
        meaning=b.rich(d["meaning"]) if verified else Rich(),
        verified=verified,
        state=d["state"],
        formerly=b.line(d["formerly"]),
        now=(),
        url=d["url"],
        anchor=anchor_of(d["statute"], d["chapter"], d["section"]),
    )


def contact(b: Resolver, d: Document, common: dict):
    checks = b.checks.get(b.here, ())
    until = b.material.numbers_until.get(b.here[1])
    b.switch_at(until)
    unsigned = until is not None and until <= b.material.at
    confirmed = None if unsigned else confirmed_on(d, checks, b.today)
    if confirmed:
        b.switch_on(confirmed + CONFIRMED_FOR[d["recheck_class"]] + timedelta(days=1))
    told = confirmed is not None
    return r.Contact(
        **common,
        organisation=d["organisation"],
        category=d["category"],
        ask_for=d["ask_for"],
        hours=d["hours"],
        audience_note=d["audience_note"],
        area=d["area"],
        police_region=d["police_region"],
        county=d["county"],
        municipality=d["municipality"],
        numbers=MappingProxyType({} if unsigned else numbers(d, checks, b.today, b.material.lasting)),
        languages=d["languages"],
        # A safety fact is told only when it was checked together with the number.
        cost=d["cost"] if told else "",
        anonymity=d["anonymity"] if told else "",
        traces=d["traces"] if told else "",
        other_channels=d["other_channels"],
        url=d["url"],
        stable=d["recheck_class"] == "C",
        confirmed=told,
        quiet=told and bool(WITHOUT_VOICE.search(d["other_channels"])),
        audiences=audiences(d),
    )


def situation(b: Resolver, d: Document, common: dict):
    return g.Situation(
        **common,
        short_title=d["short_title"] or d.title,
        summary=b.line(d["summary"]),
        position=d["position"],
        provisions=b.many("provision", d["provisions"]),
        contacts=b.many("contact", d["contacts"]),
        sources=b.many("source", d["sources"]),
        body=b.rich(d.body),
    )


def actor(b: Resolver, d: Document, common: dict):
    statements = tuple(g.Statement(row["type"], b.line(row["text"]), b.basis(row)) for row in d["statements"])
    return g.Actor(
        **common,
        short_name=d["short_name"] or d.title,
        position=d["position"],
        summary=b.line(d["summary"]),
        statements=statements,
        provisions=b.many("provision", d["provisions"]),
        contacts=b.many("contact", d["contacts"]),
        sources=cited((s.basis for s in statements), b.many("source", d["sources"])),
        body=b.rich(d.body),
    )


def grant(b: Resolver, d: Document, common: dict):
    opens, closes = d["opens_on"], d["closes_on"]
    prose = ("applicants", "purpose", "amount", "rhythm", "decision", "how_to_apply", "reporting")
    for day in (opens, closes and closes - CLOSING_SOON + timedelta(days=1), closes and closes + timedelta(days=1)):
        b.switch_on(day)
    return r.Grant(
        **common,
        **{name: b.rich(d[name]) for name in prose},
        funder=d["funder"],
        relevance=d["relevance"],
        municipality_can_apply=d["municipality_can_apply"],
        opens_on=opens,
        closes_on=closes,
        state=grant_state(opens, closes, d["closed"], b.today),
        regulation=b.line(d["regulation"]),
        regulation_url=d["regulation_url"],
        status_note=d["status_note"],
        verified=d["verified"],
        source_year=d["source_year"],
        basis=b.basis(d),
        body=b.rich(d.body),
    )


def step(b: Resolver, d: Document, common: dict):
    time_basis = r.Basis(d["time_basis"], b.many("source", d["time_sources"]))
    tasks = tuple(task(b, row) for row in d["tasks"])
    responsibilities = tuple(x for x in (responsibility(b, row) for row in d["responsibilities"]) if x)
    bases = (time_basis, *(t.basis for t in tasks), *(x.basis for x in responsibilities))
    return g.Step(
        **common,
        paper_number=d["paper_number"],
        aim=b.line(d["aim"]),
        time_frame=d["time_frame"],
        time_note=d["time_note"],
        time_basis=time_basis,
        tasks=tasks,
        responsibilities=responsibilities,
        provisions=b.many("provision", d["provisions"]),
        contacts=b.many("contact", d["contacts"]),
        sources=cited(bases, b.many("source", d["sources"])),
        body=b.rich(d.body),
    )


def task(b: Resolver, row):
    return g.Task(
        key=row["key"],
        text=b.line(row["text"]),
        detail=b.rich(row["detail"]),
        basis=b.basis(row),
        situations=b.many("situation", row["situations"]),
        provisions=b.many("provision", row["provisions"]),
        actor=b.one("actor", row["actor"]),
    )


def responsibility(b: Resolver, row):
    actor = b.one("actor", row["actor"])
    return actor and g.Responsibility(actor, row["role"], b.line(row["what"]), b.basis(row))


def guide(b: Resolver, d: Document, common: dict):
    return g.Guide(
        **common,
        paper_number=d["paper_number"],
        summary=b.line(d["summary"]),
        position=d["position"],
        first_number=d["first_number"],
        steps=b.many("step", d["steps"]),
        situations=b.many("situation", d["situations"]),
        language=d["language"],
        translation_of=d["translation_of"],
        sources=b.many("source", d["sources"]),
        body=b.rich(d.body),
    )


def rule(b: Resolver, d: Document, common: dict):
    return g.PlanRule(
        **common,
        position=d["position"],
        when=d["when"],
        effect=d["effect"],
        situations=b.many("situation", d["situations"]),
        steps=b.many("step", d["steps"]),
        tasks=tuple(x for x in (task_reference(b, text) for text in d["tasks"]) if x),
        instead=tuple(x for x in (task_reference(b, text) for text in d["instead"]) if x),
        text=b.line(d["text"]),
        detail=b.rich(d["detail"]),
        provisions=b.many("provision", d["provisions"]),
        actor=b.one("actor", d["actor"]),
        reason=b.line(d["reason"]),
        basis=b.basis(d),
    )


def task_reference(b: Resolver, text: str) -> str:
    """step/task with the key that the step has now; empty when the step is not public."""
    step, _, task = text.partition("/")
    found = b.one("step", step)
    return f"{found.key}/{task}" if found else ""


def page(b: Resolver, d: Document, common: dict):
    source = b.by_kind["page"].get(d["translation_of"])
    return r.Page(
        **common,
        summary=b.line(d["summary"]),
        section=d["section"],
        exit=d["exit"],
        position=d["position"],
        lines=tuple(r.Line(b.line(row["lead"]), b.line(row["text"]), b.basis(row)) for row in d["statements"]),
        language=d["language"],
        translation_of=d["translation_of"],
        translation_note=b.line(d["translation_note"]),
        behind=bool(source and d["translated_from"] != digest(source.text)),
        basis=b.basis(d),
        body=b.rich(d.body),
    )


def question(b: Resolver, d: Document, common: dict):
    return g.Question(
        **common,
        answer=b.line(d["answer"]),
        group=d["group"],
        position=d["position"],
        situations=b.many("situation", d["situations"]),
        provisions=b.many("provision", d["provisions"]),
        contacts=b.many("contact", d["contacts"]),
        language=d["language"],
        translation_of=d["translation_of"],
        basis=b.basis(d),
        body=b.rich(d.body),
    )


def download(b: Resolver, d: Document, common: dict):
    return g.Download(
        **common,
        summary=b.line(d["summary"]),
        position=d["position"],
        steps=b.many("step", d["steps"]),
        provisions=b.many("provision", d["provisions"]),
        basis=b.basis(d),
        body=b.rich(d.body),
        source_text=d.body,
    )


def term(b: Resolver, d: Document, common: dict):
    return r.Term(
        **common,
        abbreviation=d["abbreviation"],
        group=d["group"],
        synonyms=d["synonyms"],
        basis=b.basis(d),
        body=b.rich(d.body),
    )


def news(b: Resolver, d: Document, common: dict):
    return r.News(
        **common,
        date=d["date"],
        summary=b.line(d["summary"]),
        sources=b.many("source", d["sources"]),
        body=b.rich(d.body),
    )


def banner(b: Resolver, d: Document, common: dict):
    starts, ends = d["shown_from"], d["shown_to"]
    b.switch_at(starts)
    b.switch_at(ends)
    if not starts or not ends:
        return None
    return r.Banner(
        **common,
        level=d["level"],
        text=b.line(d["text"]),
        shown_from=starts,
        shown_to=ends,
        updated_at=b.material.banners_updated.get(b.here[1], b.material.at),
        link=d["link"],
        link_text=d["link_text"],
        audience=d["audience"],
        municipalities=frozenset(m.key for m in b.many("municipality", d["municipalities"])),
    )


def grant_state(opens: date | None, closes: date | None, closed: bool, today: date) -> str:
    """open, closing (30 days left), closed, upcoming, or unknown when no dates are known."""
    if closed or (closes and today > closes):
        return "closed"
    if opens and today < opens:
        return "upcoming"
    if closes and today > closes - CLOSING_SOON:
        return "closing"
    return "open" if opens or closes else "unknown"


def cited(bases, listed: tuple[r.Source, ...]) -> tuple[r.Source, ...]:
    """Every source that a page's marks point to, in the order of reading, then those listed beside them."""
    return tuple(dict.fromkeys([*(s for basis in bases for s in basis.sources), *listed]))


# In the order in which they can be built: what is referred to comes first.
SHAPES = {
    "source": source,
    "county": county,
    "municipality": municipality,
    "statute": statute,
    "provision": provision,
    "contact": contact,
    "situation": situation,
    "actor": actor,
    "grant": grant,
    "step": step,
    "guide": guide,
    "rule": rule,
    "page": page,
    "question": question,
    "download": download,
    "term": term,
    "news": news,
    "banner": banner,
    "file": file,
}
