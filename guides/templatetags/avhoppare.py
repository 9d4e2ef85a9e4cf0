"""What templates need beside records: addresses, filled texts, numbers, the style sheet."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from guides import addresses
from guides.edition.guide_records import GuideStep
from guides.edition.records import Contact, Number
from guides.public import filling, paper
from guides.public.exit_script import exit_script
from guides.public.stylesheet import stylesheet
from guides.text.markup import Rich

register = template.Library()

BASIS_TITLES = {
    "law": "Står i lag. Lagrummet finns intill.",
    "authority": "En myndighet har sagt det. Källan finns intill.",
    "research": "Forskning eller utvärdering. Källan finns intill.",
    "experience": "Erfarenhet från kommuner eller verksamheter. Källan finns intill.",
    "proposal": "Vårt förslag. Vi har ännu ingen källa.",
}


@register.simple_tag
def url(name: str, *parts) -> str:
    """Django's tag of this name, kept: a page asks for twenty addresses, and Django works out each anew."""
    return addresses.reverse(name, *parts)


@register.simple_tag(takes_context=True)
def rich(context, value: Rich) -> str:
    """A Rich as HTML, its slots filled for this page's edition and audience."""
    return filling.fill(value, context["edition"], context["audience"]) if value else ""


@register.simple_tag(takes_context=True)
def rich_under(context, value: Rich, part: str, levels: int) -> str:
    """A text as a part of a larger page: its headings `levels` deeper, their ids after the part's name."""
    return filling.nested(rich(context, value), part, levels)


@register.simple_tag(takes_context=True)
def words(context, value: Rich) -> str:
    """What `rich` says, without links."""
    return filling.words(value, context["edition"], context["audience"])


@register.simple_tag(takes_context=True)
def number(context, contact: Contact | None) -> Number | None:
    """The number that this page's audience may see."""
    return context["edition"].to_call(contact).number(context["audience"]) if contact else None


@register.simple_tag(takes_context=True)
def to_call(context, contact: Contact) -> Contact:
    """A contact as one may call it, whatever day the page shows."""
    return context["edition"].to_call(contact)


@register.simple_tag(takes_context=True)
def used_by(context, record) -> tuple[GuideStep, ...]:
    """The steps that use a record."""
    return context["edition"].steps_using(record.kind, record.key)


@register.simple_tag(takes_context=True)
def address_of(context, record) -> str:
    """The address of a record that needs the edition to be found: a Step or a Situation."""
    return addresses.address(record, context["edition"])


@register.simple_tag(takes_context=True)
def on_paper(context, record) -> str:
    """The address of a record as paper has it."""
    return paper.written(paper.on_paper(record, context["edition"]))


@register.filter
def address(record) -> str:
    """The address of a record."""
    return addresses.address(record)


@register.simple_tag
def place_of(source, sources) -> int:
    """The number of a source among those of its page; 0 when it is none of them."""
    return next((place for place, other in enumerate(sources or (), 1) if other.key == source.key), 0)


@register.filter
def basis_title(code: str) -> str:
    """What a basis mark means, in a sentence."""
    return BASIS_TITLES.get(code, "")


@register.filter
def source_label(source) -> str:
    """A source in a few words."""
    return filling.source_label(source)


@register.simple_tag
def repealed(statute) -> str:
    """The words that a repealed statute carries."""
    return filling.repealed(statute)


@register.simple_tag
def inline_css() -> str:
    """The style sheet as an element; the Content-Security-Policy lets it through by its hash."""
    return format_html("<style>{}</style>", mark_safe(stylesheet()))


@register.simple_tag
def inline_exit() -> str:
    """The quick exit's script as an element; the policy lets it through by its hash."""
    return format_html("<script>{}</script>", mark_safe(exit_script()))


@register.simple_tag
def exit_address() -> str:
    """Where the quick exit leads."""
    return settings.QUICK_EXIT_URL
