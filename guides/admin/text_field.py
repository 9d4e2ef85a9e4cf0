"""The field for running text: how it will look, what is wrong on which line, and what it can refer to.

A text is rendered by the server with the public renderer and the edition that is public now, so that the side
preview cannot show another page than the public one. Nothing is saved here.
"""

from __future__ import annotations

from functools import lru_cache

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxLengthValidator
from django.db.models import Case, When
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from guides.edition.faults import faults
from guides.edition.lint import lix_limit, warnings
from guides.edition.material import Renderer, names_in, passage
from guides.edition.records import PROFESSIONAL, PUBLIC
from guides.edition.shapes import anchor_of
from guides.models import MODEL_OF, Version
from guides.publishing.current import current
from guides.publishing.versions import statute_documents
from guides.text.digits import whole_number
from guides.text.documents import Document, make
from guides.text.file_formats import FORMATS
from guides.text.kinds import KINDS
from guides.text.markup import Rich
from guides.text.readability import lix, plain
from guides.text.rules import LONGEST

FOR_PROFESSIONALS = frozenset({"step", "guide", "actor", "statute", "provision", "grant", "download", "situation"})
# What a text can refer to by choosing, and the label of its button.
PICKS = {"contact": "Kontakt", "provision": "Lagrum", "step": "Steg", "term": "Ord", "file": "Fil"}
MOST_CHOICES = 20
# What decides how a text is read: whose law "11 kap. 1 §" is, and how hard its language may be.
SURROUNDINGS = ("statute", "chapter", "language")


def markdown_paths(kind: str) -> list[str]:
    """The fields of a kind that hold paragraphs of Markdown: ``body``, ``summary``, ``tasks.detail``."""
    found = ["body"] if KINDS[kind].has_body else []
    for spec in KINDS[kind].fields:
        if spec.type == "prose":
            found.append(spec.name)
        found += [f"{spec.name}.{column.name}" for column in spec.columns if column.type == "prose"]
    return found


class MarkdownWidget(AdminTextareaWidget):
    """A text area that a module makes into more: tools, counting, a preview beside it. Without it, a text area and a button."""

    def __init__(self, kind: str, path: str):
        super().__init__()
        self.kind, self.path = kind, path

    def render(self, name, value, attrs=None, renderer=None):
        context = self.get_context(name, value, attrs) | {"kind": self.kind, "path": self.path, "picks": PICKS}
        context["textarea"] = super().render(name, value, attrs, renderer)
        return mark_safe(render_to_string("admin/markdown_field.html", context))


class WithMarkdown:
    """For a form or rows of the admin: every field that holds Markdown gets the text field."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        found = super().formfield_for_dbfield(db_field, request, **kwargs)
        owner, path = getattr(self.model, "kind", ""), db_field.name
        if not owner:
            parent = self.parent_model
            rows = {r.related_model: r.get_accessor_name() for r in parent._meta.related_objects}
            owner, path = parent.kind, f"{rows.get(self.model)}.{db_field.name}"
        if isinstance(found, forms.CharField) and path in markdown_paths(owner):
            found.widget = MarkdownWidget(owner, path)
            # No maxlength in the page, with which a browser would cut off what is pasted.
            found.validators.append(MaxLengthValidator(LONGEST))
        return found


def alive(request):
    """204 while the server answers and, since the login was looked up, its database too."""
    return HttpResponse(status=204)


@require_POST
def shown(request):
    """A text as it will look, with its faults and figures. Takes what the form holds; may be asked by who may write it."""
    kind, path, text = (request.POST.get(name, "") for name in ("kind", "path", "text"))
    if kind not in KINDS or path not in markdown_paths(kind):
        raise Http404
    model_admin = admin.site.get_model_admin(MODEL_OF[kind])
    if not (model_admin.has_change_permission(request) or model_admin.has_add_permission(request)):
        raise PermissionDenied
    text = text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]
    document, place = _alone(kind, request.POST.get("key", ""), path, text, request.POST)
    edition = current.edition()
    found = [(f, True) for f in faults(document, edition)] + [(f, False) for f in warnings(document)]
    html = render_to_string(
        "admin/text_shown.html",
        {
            "text": _rendered(document, text),
            "edition": edition,
            "audience": PROFESSIONAL if kind in FOR_PROFESSIONALS else PUBLIC,
        },
    )
    return JsonResponse(
        {
            "html": html,
            "remarks": [
                {"line": f.line, "message": f.message, "stops": stops} for f, stops in found if f.path == place
            ],
            "words": len(plain(text).split()),
            "lix": lix(text),
            "limit": lix_limit(document),
        }
    )


def _alone(kind: str, key: str, path: str, text: str, form) -> tuple[Document, str]:
    """A Document that holds nothing but one text and what decides how it is read, and the text's place in it."""
    spec = {field.name: field for field in KINDS[kind].fields}
    fields: dict[str, object] = {n: form[n] for n in SURROUNDINGS if n in spec and isinstance(form.get(n), str)}
    if kind == "provision":
        row = MODEL_OF["statute"].objects.filter(pk=whole_number(str(form.get("statute", "")))).first()
        fields["statute"] = row.key if row else ""
    name, _, column = path.partition(".")
    place = f"{name}.0.{column}" if column else name
    if column:
        fields[name] = ({c.name: text if c.name == column else c.empty for c in spec[name].columns},)
    elif name != "body":
        fields[name] = text
    # Faults count from where a text begins in a file; a block there has the field's name on a line of its own.
    lines = {place: 0 if "\n" in text and name != "body" else 1}
    body = text if name == "body" else ""
    document = make(kind, key, fields, body, lines)
    # Blank lines at the beginning are lines in the form.
    lines[place] += len(text) - len(text.lstrip("\n")) if name == "body" else 0
    return document, place


def _rendered(document: Document, text: str) -> Rich:
    newest = Version.objects.filter(kind="statute").order_by("-pk").values_list("pk", flat=True).first()
    return Renderer(_statute_names(newest))(passage(document, text, False))


@lru_cache(maxsize=1)
def _statute_names(newest: int | None):
    """The names that citations are recognised by, until another version of a statute is saved."""
    return names_in(statute_documents())


def choices(request):
    """What a text can refer to, by the admin's own search: for who may see that kind of thing."""
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    if kind not in PICKS:
        raise Http404
    model_admin = admin.site.get_model_admin(MODEL_OF[kind])
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    rows, _ = model_admin.get_search_results(request, model_admin.get_queryset(request), words)
    order = ("statute", "pk") if kind == "provision" else ("title", "pk")
    # Enter takes the first: what is called so comes before what only mentions it.
    called = Case(When(title__istartswith=words, then=0), When(title__icontains=words, then=1), default=2)
    rows = rows.annotate(called=called).order_by("called", *order).distinct()[:MOST_CHOICES]
    return JsonResponse({"rows": [_choice(row) for row in rows]})


def _choice(row) -> dict[str, str]:
    """How a row is shown in the list, the words of a link to it, and what the link leads to; a contact has no words."""
    public = current.edition().has(row.kind, row.key)
    note = ", ".join(filter(None, (row.display or row.number, row.organisation))) if row.kind == "contact" else row.key
    found = {"title": str(row), "note": note if public else f"{note}, inte publicerad".removeprefix(", ")}
    match row.kind:
        case "contact":
            return found | {"insert": f"{{{{kontakt:{row.key}}}}}"}
        case "provision":
            statute = row.statute.key if row.statute else ""
            anchor = anchor_of(statute, row.chapter, row.section)
            return found | {"text": str(row).partition(" – ")[0], "target": f"lag:{statute}#{anchor}".removesuffix("#")}
        case "step":
            return found | {"text": row.title, "target": f"steg:{row.key}"}
        case "file":
            picture = row.format in FORMATS and FORMATS[row.format].picture
            insert = {"insert": f"![](bild:{row.key})"} if picture else {"text": row.title, "target": f"fil:{row.key}"}
            return found | insert
    return found | {"text": row.title, "target": f"ord:{row.key}"}
