"""Small makers of saved rows with sensible defaults, so that a test states only what matters to it."""

from datetime import date, timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from guides.models import (
    MODEL_OF,
    Actor,
    ActorStatement,
    Banner,
    Contact,
    County,
    Grant,
    Guide,
    GuideStep,
    Municipality,
    News,
    Page,
    PageStatement,
    PlanRule,
    Provision,
    Release,
    Responsibility,
    Situation,
    Source,
    Statute,
    Step,
    Task,
    Term,
    Upload,
)
from guides.publishing import uploads
from guides.publishing.mapping import to_document
from guides.publishing.release import put_in_force
from guides.publishing.review import act as review
from guides.publishing.roles import REVIEWER
from guides.publishing.versions import save_version
from tests.upload_samples import PDF

# From 2001: no number in a text of theirs is one that somebody could call (112, 1177).
_number = count(2001)


def _saved(model, **fields):
    """A saved row; many-to-many fields take lists of rows."""
    many = {field.name: fields.pop(field.name) for field in model._meta.many_to_many if field.name in fields}
    row = model(**fields)
    row.save()
    for name, others in many.items():
        getattr(row, name).set(others)
    return row


def _keyed(model, defaults, fields):
    """The same for a row with a key; `inside` are its inlines."""
    number = next(_number)
    name = model._meta.verbose_name
    return _saved(model, **{"key": f"{model.kind}-{number}", "title": f"{name.capitalize()} {number}"} | defaults | fields)


def make_source(**fields):
    return _keyed(Source, {"publisher": "Polisen", "url": "https://polisen.se/", "year": "2025"}, fields)


def make_county(**fields):
    return _keyed(County, {"code": "12"}, fields)


def make_municipality(**fields):
    fields.setdefault("county", None)
    fields["county"] = fields["county"] or make_county()
    return _keyed(Municipality, {"code": "1266", "police_region": "Syd"}, fields)


def make_statute(**fields):
    number = next(_number)
    defaults = {"key": f"2099:{number}", "short_name": f"L{number}", "url": f"https://example.se/2099-{number}"}
    return _keyed(Statute, defaults | {"in_force_from": date(2020, 1, 1)}, fields)


def make_provision(statute=None, chapter="1", section="1", **fields):
    """A provision of `statute`, with the key that its place demands: 2025-400-k11p1."""
    statute = statute or make_statute()
    place = f"k{chapter}p{section}" if chapter else f"p{section}"
    key = f"{statute.key.replace(':', '-')}-{place.replace(' ', '')}"
    defaults = {"statute": statute, "chapter": chapter, "section": section, "key": key, "summary": "Nämnden ska pröva."}
    return _keyed(Provision, defaults | {"verified": True}, fields)


def make_contact(**fields):
    """A number that everybody may see: class C, for all audiences."""
    defaults = {"number": "+46855500100", "recheck_class": "C", "confidence": "high", "source_year": "2025"}
    audiences = {"for_self": True, "for_relative": True, "for_professional": True}
    return _keyed(Contact, defaults | audiences, fields)


def make_situation(**fields):
    return _keyed(Situation, {"short_title": "Barn", "summary": "När ett barn berörs."}, fields)


def make_actor(statements=(), **fields):
    """An actor; `statements` are dicts of ActorStatement fields."""
    actor = _keyed(Actor, {"summary": "Har en uppgift."}, fields)
    _inlines(ActorStatement, "actor", actor, statements, {"type": "responsible", "text": "Bedöma behovet."})
    return actor


def make_grant(**fields):
    return _keyed(Grant, {"funder": "Polismyndigheten", "purpose": "Stöd till avhopp."}, fields)


def make_step(tasks=({},), responsibilities=(), **fields):
    """A step; `tasks` and `responsibilities` are dicts of what differs from an ordinary one."""
    step = _keyed(Step, {"aim": "Att personen är trygg.", "time_frame": "now"}, fields)
    for values in tasks:
        make_task(step, **values)
    for values in responsibilities:
        make_responsibility(step, **values)
    return step


def make_task(step, **fields):
    number = next(_number)
    defaults = {"key": f"uppgift-{number}", "text": f"Gör uppgift {number}.", "basis": "proposal", "position": number}
    return _saved(Task, step=step, **defaults | fields)


def make_responsibility(step, actor=None, **fields):
    defaults = {"role": "responsible", "what": "Leder arbetet.", "basis": "proposal", "position": next(_number)}
    return _saved(Responsibility, step=step, actor=actor or make_actor(), **defaults | fields)


def make_guide(steps=None, **fields):
    """A guide with `steps` in their order; two when none are given."""
    guide = _keyed(Guide, {"summary": "När någon vill lämna."}, fields)
    for position, step in enumerate([make_step(), make_step()] if steps is None else steps, start=1):
        GuideStep.objects.create(guide=guide, step=step, position=position)
    return guide


def make_rule(**fields):
    """A rule of the plan; about a step of its own when it names neither step nor task."""
    if not {"steps", "tasks", "situations"} & set(fields):
        fields["steps"] = [make_step()]
    return _keyed(PlanRule, {"effect": "note", "reason": "Därför.", "basis": "proposal"}, fields)


def make_page(statements=(), **fields):
    """A page under /om/; `statements` are dicts of PageStatement fields."""
    page = _keyed(Page, {"summary": "Kort om sidan.", "body": "En text."}, fields)
    _inlines(PageStatement, "page", page, statements, {"lead": "Ring chefen."})
    return page


def make_term(**fields):
    return _keyed(Term, {"body": "Ett ord och vad det betyder.", "basis": "proposal"}, fields)


def make_news(**fields):
    return _keyed(News, {"date": date(2026, 1, 1), "summary": "Något har hänt."}, fields)


def make_banner(**fields):
    """A message that is shown from now and for a day."""
    now = timezone.now().replace(second=0, microsecond=0)
    return _keyed(Banner, {"text": "Telefonen svarar igen.", "shown_from": now, "shown_to": now + timedelta(days=1)}, fields)


def make_upload(data=PDF, typed="Rutin för möten.pdf", **fields):
    """A file that somebody has chosen, with the words that its format needs; its bytes are kept."""
    row = Upload(**{"key": f"fil-{next(_number)}", "title": "Rutinen"} | fields)
    found = uploads.describe(row, uploads.take_in(data), typed)
    if found.format == "pdf":
        row.access = row.access or "checked"
    elif found.width and not row.decorative:
        row.alt = row.alt or "Karta över sju polisregioner"
    row.save()
    return row


def _inlines(model, name, owner, rows, defaults):
    for position, values in enumerate(rows, start=1):
        _saved(model, **{name: owner, "position": position, "basis": "proposal"} | defaults | values)


def published(*objects, by=None, **how):
    """Save a version of each row and release them together with what they refer to and is not public yet.

    Nobody is asked for leave. `how` goes to put_in_force(): effective_from, effective_to, note, minor. Returns the first row.
    """
    together = {}
    for obj in objects:
        _gather(obj, together, always=True)
    put_in_force([save_version(obj, by) for obj in together.values()], by, **how)
    return objects[0]


def approved(*versions, by=None):
    """Have each version approved by a colleague, who has written nothing. Returns the first, ready to be released."""
    colleague = by or get_user_model().objects.filter(username="granskaren").first()
    if colleague is None:
        colleague = get_user_model().objects.create_user("granskaren", is_staff=True)
        colleague.groups.add(Group.objects.get(name=REVIEWER))
    for version in versions:
        review(version, "ask", version.saved_by or colleague)
        review(version, "begin", colleague)
        review(version, "approve", colleague)
    return versions[0]


def _gather(obj, together, always=False):
    pair = obj.kind, obj.key
    if pair in together or not (always or not Release.objects.filter(kind=obj.kind, key=obj.key).exists()):
        return
    together[pair] = obj
    for kind, key in _references(obj.spec.fields, to_document(obj).fields):
        _gather(MODEL_OF[kind].objects.get(key=key), together)


def _references(specs, values):
    for spec in specs:
        value = values[spec.name]
        if spec.type == "ref" and value:
            yield spec.to, value
        elif spec.type in ("refs", "sequence"):
            yield from ((spec.to, key) for key in value)
        elif spec.type == "rows":
            for row in value:
                yield from _references(spec.columns, row)
