"""Markdown becomes safe HTML with slots; nothing an editor writes can harm a reader."""

import re

import bleach
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.text.markup import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_PROTOCOLS,
    ALLOWED_TAGS,
    Rich,
    Slot,
    heading_id,
    references,
    render,
)
from guides.text.statutes import statute_names

NAMES = statute_names([("2025:400", ["SoL"]), ("2001:453", ["gamla socialtjänstlagen"]), ("1990:52", ["LVU"])])
TABLE_FRAME = re.compile(r'<div class="table-scroll" role="(?:group" aria-label="Tabell|region" aria-labelledby="[a-z0-9-]+)" tabindex="0">')
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](&#106;avascript:alert(1))",
    '[x](http://a.se/" onmouseover="alert(1))',
    '[x](http://a.se "titel\\" onclick=\\"x")',
    "![x](https://a.se/bild.png)",
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    "<iframe src='//a.se'></iframe>",
    "<!-- kommentar -->",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "&lt;script&gt;",
    "<http://a.se/<script>>",
    "<javascript:alert(1)>",
    "```\n<script>x</script>\n```",
    "`<b>`",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "{{kontakt:<script>}}",
    "[<b>x</b>](steg:a)",
    "[x](http://a.se/{{kontakt:112}})",
    "[x](steg:{{kontakt:112}})",
    "[ring {{kontakt:112}}](steg:a)",
    "[1 § SoL](http://a.se)",
    "\ue0000\ue001",
    "\x02klzzwxh:0000\x03",
    "| a |\n|---|\n| <script> |",
    "<details open ontoggle=alert(1)>",
    'Tabell: <script>"x" onclick=y\n| # | a |\n|---|--:|\n| # <b> | {{kontakt:112}} |',
    "::: viktigt\n<script>x</script>\n\n| a |\n|---|\n| b |\n:::\n:::\n::: viktigt",
    "# a {: onclick=x }",
]


def html(text: str, **how) -> str:
    """The rendered text, its slots as their plain words."""
    return "".join(p if isinstance(p, str) else f"⟦{p.kind}:{p.key}⟧" for p in render(text, NAMES, **how).parts)


def sanitised(text: str) -> str:
    return bleach.clean(text, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, protocols=ALLOWED_PROTOCOLS)


def assert_harmless(text: str) -> None:
    """Nothing outside the allow-list, no slot within a tag, no mark of our own left over."""
    rich = render(text, NAMES)
    whole = "".join(p if isinstance(p, str) else "SLOT" for p in rich.parts)
    whole = TABLE_FRAME.sub("", whole).replace("</table></div>", "</table>")
    assert sanitised(whole) == whole
    for tag in re.findall(r"<[^>]*>", whole):
        assert "SLOT" not in tag
    assert not re.search("[\ue000\ue001\x02\x03]", whole + "".join(s.text + s.key + s.detail for s in rich.slots))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_harmless(text):
    """Sanitising the output again changes nothing, and no slot stands where a tag's attributes are."""
    assert_harmless(text)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(HOSTILE),
            st.sampled_from(
                list("[](){}<>!#*_`|&\\\n:-\"'") + ["{{kontakt:112}}", "11 kap. 1 § SoL", "](steg:a#b)", "    "]
            ),
            st.text(max_size=8),
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text_becomes_harmless(text):
    """The same holds for Markdown that nobody thought of."""
    assert_harmless(text)
    assert_harmless(f"{text} {{{{underlag:law:{text}}}}}")


@pytest.mark.parametrize("text", ["<b>fet</b>", "<script>x</script>", "<p onclick=x>a</p>", "<br>", "a < b & c > d"])
def test_raw_html_is_shown_as_text(text):
    """What looks like HTML in the source is words for the reader."""
    rich = render(text, NAMES)
    assert rich.plain == text
    assert re.findall(r"<(/?\w+)", html(text)) == ["p", "/p"]


@pytest.mark.parametrize("text", [t for t in HOSTILE if "script:" in t.lower() or "data:" in t])
def test_link_with_a_foreign_scheme_has_no_address(text):
    """Only http, https and mailto are addresses."""
    for tag in re.findall(r"<[^>]*>", html(text)):
        assert not re.search(r'href="(?!https?:|mailto:)', tag)


def test_web_link_names_its_host():
    """A reader sees where an outside link leads, unless its words say so."""
    assert (
        html("[regler](https://www.polisen.se/x)")
        == '<p><a href="https://www.polisen.se/x">regler</a> (polisen.se)</p>'
    )
    assert html("[polisen.se](https://polisen.se/)") == '<p><a href="https://polisen.se/">polisen.se</a></p>'


def test_contact_becomes_a_slot():
    """A contact's number is filled in when the page is shown, for its readers."""
    parts = render("Ring {{kontakt:bris}} nu.", NAMES, inline=True).parts
    assert parts == ("Ring ", Slot("contact", "bris"), " nu.")


def test_basis_becomes_a_slot_with_its_sources():
    """What a statement in running text rests on, with each source."""
    slots = list(render("Så är det. {{underlag:research: bra-2016 , kronofogden}}", NAMES).slots)
    assert slots == [Slot("basis", "research", detail="bra-2016,kronofogden")]


def test_internal_link_becomes_a_slot():
    """A link to a step, a term or a page follows that document's address."""
    slots = list(render("Se [steget](steg:hall-forsta-motet#fara) och [ordet](ord:sip).", NAMES).slots)
    assert slots == [Slot("link", "step:hall-forsta-motet", "steget", "fara"), Slot("link", "term:sip", "ordet", "")]


def test_statute_link_becomes_a_citation():
    """[text](lag:2025:400#K11P1) points at the provision."""
    slots = list(render("[lagen](lag:2025:400#K11P1)", NAMES).slots)
    assert slots == [Slot("citation", "2025:400", "lagen", "K11P1")]


def test_citation_in_running_text_becomes_a_slot():
    """11 kap. 1 § SoL is recognised without markup, in paragraphs, lists and table cells."""
    for text in ("Se 11 kap. 1 § SoL.", "- 11 kap. 1 § SoL", "| a |\n|---|\n| 11 kap. 1 § SoL |"):
        (slot,) = render(text, NAMES).slots
        assert (slot.kind, slot.key, slot.detail) == ("citation", "2025:400", "K11P1")
        assert slot.text.replace("\xa0", " ") == "11 kap. 1 § SoL"


def test_citation_within_a_link_or_code_is_left_alone():
    """A link is not put inside a link, and code is shown as it is."""
    assert not list(render("[11 kap. 1 § SoL](https://a.se)", NAMES).slots)
    assert not list(render("`11 kap. 1 § SoL`", NAMES).slots)


def test_bare_section_means_the_statute_of_the_page():
    """On a statute's own page "1 §" is its section, elsewhere it is no citation."""
    assert [s.key for s in render("Enligt 1 § gäller det.", NAMES, statute="1990:52").slots] == ["1990:52"]
    assert not list(render("Enligt 1 § gäller det.", NAMES).slots)


def test_slot_in_code_is_shown_as_it_is_written():
    """Documentation about the site can show its own markup."""
    assert html("`{{kontakt:112}}`") == "<p><code>{{kontakt:112}}</code></p>"


def test_unknown_slot_is_shown_as_text_and_reported_with_its_line():
    """{{nummer:x}} is nothing we know: it stays readable, and the faults can point at it."""
    assert "{{nummer:x}}" in html("Ring {{nummer:x}}")
    assert [(r.kind, r.key, r.line) for r in references("a\n\nRing {{nummer:x}}")] == [("?", "{{nummer:x}}", 3)]


def test_references_of_a_text_come_with_kind_key_and_line():
    """Every slot and link that must have a target, in order."""
    text = "{{kontakt:112}}\n[a](steg:b)\n{{underlag:law:k1,k2}}\n[l](lag:2025:400#K1P1) [w](https://a.se)\n[x](film:y)"
    assert [(r.kind, r.key, r.line, r.anchor) for r in references(text)] == [
        ("contact", "112", 1, ""),
        ("step", "b", 2, ""),
        ("source", "k1", 3, ""),
        ("source", "k2", 3, ""),
        ("statute", "2025:400", 4, "K1P1"),
        ("?", "](film:y)", 5, ""),
    ]


def test_heading_ids_follow_from_the_words_and_are_unique():
    """The same words give the same id at every save; a second heading of the same words gets a number."""
    text = "## Är hotet över?\n\n### Nästa steg\n\n## Är hotet över?"
    first, again = html(text), html("Ny inledning.\n\n" + text)
    ids = re.findall(r'id="([^"]+)"', first)
    assert ids == ["ar-hotet-over", "nasta-steg", "ar-hotet-over-2"]
    assert re.findall(r'id="([^"]+)"', again) == ids
    assert heading_id("!!!") == "avsnitt"


@pytest.mark.parametrize("level,tags", [(2, ["h2", "h3"]), (3, ["h3", "h4"]), (4, ["h4", "h5"])])
def test_heading_levels_are_shifted_to_where_the_text_stands(level, tags):
    """A text's ## becomes the level that its place on the page needs."""
    assert re.findall(r"<(h\d)", html("## a\n\n### b", level=level)) == tags


def test_inline_text_has_no_paragraph_around_it():
    """A task is one line, also when it was written over two."""
    assert html("Ring **nu**\noch sedan", inline=True) == "Ring <strong>nu</strong> och sedan"


def test_table_heads_have_a_scope():
    """A screen reader can tell which column a cell belongs to (WCAG 1.3.1)."""
    assert '<th scope="col">' in html("| a | b |\n|---|---|\n| 1 | 2 |")


def test_rich_text_survives_being_kept():
    """What is kept in the database and the edition file comes back the same."""
    rich = render("**Ring** {{kontakt:112}}, se 11 kap. 1 § SoL & [steg](steg:a).", NAMES)
    assert Rich.from_json(rich.to_json()) == rich


def test_empty_text_is_false():
    """A template can ask whether there is anything to show."""
    assert not render("", NAMES)
    assert not render(" \n ", NAMES)


def test_rendering_is_the_same_every_time():
    """Equal text and names give equal parts, so what is kept by hash can be trusted."""
    text = "\n\n".join(HOSTILE)
    assert render(text, NAMES) == render(text, NAMES)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Say [hej då]{lang=sv}.", 'Say <span dir="ltr" lang="sv">hej då</span>.'),
        ("Säg [شكرا]{lang=ar}.", 'Säg <span dir="rtl" lang="ar">شكرا</span>.'),
        ('[x]{lang=sv" onclick="x}', '[x]{lang=sv" onclick="x}'),
    ],
)
def test_words_of_another_language_are_marked(text, html):
    """With the language and its direction, so that a screen reader says them right (WCAG 3.1.2)."""
    assert render(text, NAMES, inline=True).parts == (html,)


@pytest.mark.parametrize(
    "text",
    ["[" * 1000, "![" * 1000, "*" * 5000, "_a" * 3000, "`" * 5000, "> " * 200 + "a", "<" * 5000, "{{" * 3000, "](" * 3000,
     "- " * 200, "1 kap. " * 2000, "1 § " * 2000, "&" * 5000, "\\" * 5000, "|a" * 500 + "\n" + "|-" * 500, "#" * 5000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_hostile_length_returns(text):
    """No text of a few thousand characters keeps the renderer busy for ever or ends the process."""
    assert isinstance(render(text, NAMES), Rich)
