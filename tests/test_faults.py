"""What keeps a document from being released: one rule at save, release and import."""

import pytest

from guides.edition.faults import FIXED, faults
from guides.text.documents import from_text, make
from guides.text.kinds import KINDS


class Public(set):
    """Pairs of kind and key that are public."""

    def has(self, kind, key):
        return (kind, key) in self

    def has_anchor(self, kind, key, anchor):
        return (kind, key, anchor) in self


NOTHING = Public()


def step(known=NOTHING, task=None, **fields):
    good = {"title": "S", "aim": "Trygghet.", "time_frame": "now"}
    row = {"key": "a", "text": "Ring.", "detail": "", "basis": "proposal", "sources": (), "situations": ()}
    row |= {"provisions": (), "actor": ""} | (task or {})
    return [f.message for f in faults(make("step", "s", good | {"tasks": (row,)} | fields), known)]


def page(body, known=NOTHING):
    return [(f.line, f.message) for f in faults(make("page", "p", {"title": "P"}, body), known)]


def test_document_without_faults_has_none():
    """A step with aim, time frame and a task that says what it rests on can go out."""
    assert step() == []


@pytest.mark.parametrize("kind", KINDS)
def test_missing_required_fields_are_told_by_name(kind):
    """Only key and title are needed to save; release asks for the rest, field by field."""
    spec = KINDS[kind]
    key = "2025:400" if kind == "statute" else "k"
    told = [f.path for f in faults(make(kind, key, {}), NOTHING)]
    required = [f.name for f in spec.fields if f.required]
    assert required and told == required


def test_reference_to_what_is_not_public_is_refused():
    """A link must lead somewhere on the day it is released."""
    (message,) = step(contacts=("bris",))
    assert message == "Det finns ingen publicerad kontakt med nyckeln ”bris”."
    assert step(Public({("contact", "bris")}), contacts=("bris",)) == []


def test_reference_in_a_row_is_judged_too():
    """A task's actor, provisions and situations must be public."""
    row = {"actor": "x", "provisions": ("y",), "situations": ("z",)}
    assert len(step(task=row)) == 3
    assert step(Public({("actor", "x"), ("provision", "y"), ("situation", "z")}), task=row) == []


def test_document_may_refer_to_itself():
    """A statute that replaces itself is odd but not missing."""
    fields = {"title": "L", "url": "https://a.se", "replaced_by": "2025:400"}
    assert faults(make("statute", "2025:400", fields), NOTHING) == []


@pytest.mark.parametrize("code", ["authority", "research", "experience"])
def test_basis_that_claims_a_source_needs_one(code):
    """Myndighet, Forskning and Erfarenhet without a source would be a claim nobody can check."""
    assert step(task={"basis": code}) == ["Underlaget behöver minst en källa. Välj annars Vårt förslag."]
    assert step(Public({("source", "k")}), task={"basis": code, "sources": ("k",)}) == []


def test_statement_without_basis_is_refused():
    """Every task says what it rests on, and Vårt förslag is an honest answer."""
    (message,) = step(task={"basis": ""})
    assert message == "Påståendet saknar underlag. Välj vad det vilar på, eller Vårt förslag."


@pytest.mark.parametrize(
    "row",
    [
        {"provisions": ("p",)},
        {"sources": ("k",)},
        {"detail": "Nämnden ska pröva det (11 kap. 1 § SoL)."},
        {"text": "Följ artikel 9 i förordningen."},
        {"detail": "Se förordning (2023:442)."},
    ],
)
def test_basis_law_is_satisfied_by_a_provision_a_source_or_a_citation(row):
    """Lag means that the reader can go and read it."""
    known = Public({("provision", "p"), ("source", "k")})
    assert step(known, task={"basis": "law"}) == [
        "Underlaget Lag behöver ett lagrum, en källa eller en lagrumshänvisning i texten."
    ]
    assert step(known, task={"basis": "law"} | row) == []


def test_two_tasks_with_one_key_are_refused():
    """A task's key is its address within the step."""
    document = from_text(
        "step",
        "---\nkey: s\ntitle: S\naim: M\ntime_frame: now\ntasks:\n"
        "  - key: a\n    text: A\n    basis: proposal\n  - key: a\n    text: B\n    basis: proposal\n---\n",
    )
    assert [(f.line, f.message) for f in faults(document, NOTHING)] == [(10, "Två uppgifter har nyckeln ”a”.")]


def test_unknown_contact_in_the_text_is_told_with_its_line():
    """{{kontakt:x}} that leads nowhere is marked where it stands."""
    text = "---\nkey: p\ntitle: P\n---\n\nRad ett.\n\nRing {{kontakt:ingen}} nu.\n"
    (fault,) = faults(from_text("page", text), NOTHING)
    assert (fault.line, fault.message) == (8, "Texten hänvisar till kontakt ”ingen”, som inte är publicerad.")


def test_unknown_reference_in_a_block_of_text_is_told_with_its_line():
    """A field of several paragraphs points at the line within it."""
    text = "---\nkey: 2025:400\ntitle: L\nurl: https://a.se\nnote: |\n  Rad ett.\n\n  Se {{kontakt:ingen}}.\n---\n"
    assert [f.line for f in faults(from_text("statute", text), NOTHING)] == [8]


@pytest.mark.parametrize(
    "text,label",
    [
        ("[a](steg:x)", "steg ”x”"),
        ("[a](ord:x)", "ord ”x”"),
        ("[a](<ord:x>)", "ord ”x”"),
        ('[a](ord:x "Ett ord")', "ord ”x”"),
        ("[a](aktor:x)", "aktör ”x”"),
        ("[a](sida:x)", "sida ”x”"),
        ("[a](bidrag:x)", "stöd att söka ”x”"),
        ("[a](lag:2099:1)", "författning ”2099:1”"),
        ("{{underlag:research:x}}", "källa ”x”"),
    ],
)
def test_reference_to_an_unknown_document_names_it(text, label):
    """The sentence says what kind of thing is missing and which."""
    assert page(text) == [(1, f"Texten hänvisar till {label}, som inte är publicerad.")]


@pytest.mark.parametrize(("scheme", "kind"), [("sida", "page"), ("steg", "step"), ("guide", "guide"), ("fraga", "question")])
def test_link_to_an_unknown_heading_is_refused(scheme, kind):
    """Also with hyphens in it, which once hid the whole reference from the judge."""
    link = f"[l]({scheme}:x#den-som-hotas)"
    assert "som inte är publicerad" in page(link)[0][1]
    known = Public({(kind, "x")})
    assert page(f"Ett.\n\n{link}", known)[0] == (3, page(link, known)[0][1])
    assert page(link, known)[0][1].endswith(f"{KINDS[kind].label} ”x”, som inte har rubriken ”den-som-hotas”.")
    assert page(link, Public(known | {(kind, "x", "den-som-hotas")})) == []


def test_link_within_the_page_leads_to_one_of_its_headings():
    """By the id that the heading gets, also when two have the same words."""
    body = "## Den som hotas\n\nEtt.\n\n## Den som hotas\n\nTvå.\n\n"
    for target in ("#den-som-hotas", "#den-som-hotas-2", "sida:p#den-som-hotas-2"):
        assert page(f"{body}[l]({target})", Public({("page", "p")})) == []
    assert page(f"{body}[l](#den-som-hotas-3)") == [(9, "Texten har ingen rubrik ”den-som-hotas-3” att leda till.")]


def test_task_is_an_anchor_of_its_step():
    """By its key, which is kept when its words change."""
    assert step(aim="[l](#uppgift-a)") == []
    assert step(aim="[l](#uppgift-b)") == ["Texten har ingen rubrik ”uppgift-b” att leda till."]


@pytest.mark.parametrize("address", ["/guider/avhopp/", "/kontakt/horby/", "kontakt/", "../om/", "//evil.example/", "?q=1"])
def test_link_by_address_is_refused(address):
    """It breaks when the key changes; a reference by key follows."""
    (found,) = page(f"[Guiden för avhopp]({address})")
    assert address in found[1] and "[ord](steg:nyckel)" in found[1]


def test_page_that_is_no_document_is_linked_by_its_address(content, client):
    """Those that may be are all there."""
    for address in FIXED:
        assert page(f"[Sidan]({address})") == []
        assert client.get(address).status_code == 200, address


def test_link_to_an_unknown_section_is_refused():
    """A statute that is public is not enough when its paragraph is not."""
    known = Public({("statute", "2025:400")})
    (found,) = page("[l](lag:2025:400#K1P1)", known)
    assert found[1] == "Lagrummet K1P1 i 2025:400 är inte publicerat."
    assert page("[l](lag:2025:400#K1P1)", Public(known | {("provision", "2025-400-k1p1")})) == []


@pytest.mark.parametrize("text", ["{{nummer:112}}", "{{hej:x}}", "[a](film:x)", "[a](javascript:x)"])
def test_unknown_slot_or_scheme_is_refused(text):
    """A misspelt reference does not slip through as text."""
    assert page(text)[0][1].endswith("känns inte igen som en hänvisning.")


@pytest.mark.parametrize("number", ["08-540 81 180", "+46 8 540 811 80", "0771-22 00 60", "020-100 200"])
def test_telephone_number_in_running_text_is_refused(number):
    """A number lives in one place, its contact, where it can be corrected and hidden."""
    found = page(f"Rad.\n\nRing {number} nu.")
    assert [line for line, _ in found] == [3]
    assert "{{kontakt:nyckel}}" in found[0][1]


@pytest.mark.parametrize(
    "number",
    [
        "+46 40 123456",
        "114–14",
        "+46 (0)40-12 34 56",
        "0046 40 123456",
        "114&nbsp;14",
        "114&#160;14",
        "114\u201114",
        "114-14",
    ]
    + [
        "040.123456",
        "040.12.34.56",
        "08\u2011540 811 80",
        "116\u2009111",
        "116-111",
        "1\u200b12",
        "**114** 14",
        "１１２",
    ],
)
def test_telephone_number_is_found_however_it_is_typed(number):
    """Entities, odd blanks and hyphens, dots and the country's code hide nothing."""
    assert [line for line, _ in page(f"Rad.\n\nRing {number} nu.")] == [3]


@pytest.mark.parametrize(
    "kind,fields",
    [
        ("term", {"title": "Ring 114 14"}),
        ("term", {"synonyms": ("avhopp", "ring 114 14")}),
        ("contact", {"audience_note": "Annars 040-12 34 56.", "number": "112"}),
        ("step", {"time_note": "Ring 114 14 först"}),
        ("source", {"note": "Växel 08-540 811 80"}),
        ("banner", {"title": "Ring 040-12 34 56 i stället"}),
    ],
)
def test_telephone_number_in_any_public_field_is_refused(kind, fields):
    """A field of one line is read by the public just as a paragraph is."""
    found = [f.message for f in faults(make(kind, "k", {"title": "T"} | fields), NOTHING)]
    assert [m for m in found if m.startswith("Skriv inte telefonnummer")]


@pytest.mark.parametrize(
    "kind,fields",
    [
        ("banner", {"title": "Störning på 114 14"}),
        ("contact", {"title": "1177", "number": "1177", "display": "1177", "editor_note": "Förr 08-540 811 80."}),
        ("source", {"url": "https://a.se/08-540811", "year": "2024"}),
        ("municipality", {"code": "0114"}),
    ],
)
def test_field_that_is_a_number_by_nature_holds_one(kind, fields):
    """What is dialled, an address, a code, a note to editors, and the name of a service that is its number."""
    found = [f.message for f in faults(make(kind, "k", {"title": "T"} | fields), NOTHING)]
    assert [m for m in found if m.startswith("Skriv inte telefonnummer")] == []


@pytest.mark.parametrize("code", ["authority", "research", "experience"])
def test_mark_in_the_text_that_claims_a_source_needs_one(code):
    """The same rule as for a statement, at the line of the mark."""
    told = (3, "Underlaget behöver minst en källa. Välj annars Vårt förslag.")
    assert page(f"Ett.\n\nTvå. {{{{underlag:{code}}}}}") == [told]
    assert page(f"Ett.\n\nTvå. {{{{underlag:{code}:}}}}") == [told]
    assert page(f"Två. {{{{underlag:{code}:k}}}}", Public({("source", "k")})) == []


def test_mark_of_an_unknown_basis_is_refused():
    """A misspelt code would vanish from the page."""
    ((line, message),) = page("Ett. {{underlag:myndighet:k}}", Public({("source", "k")}))
    assert (line, message.split(".")[0]) == (1, "Underlaget ”myndighet” finns inte")


@pytest.mark.parametrize(
    "text",
    ["den 1 juli 2025", "SFS 2025:400", "11 kap. 1 § SoL", "5 000 000 kronor", "2018–2023"]
    + [
        "01.02.2026",
        "kl. 08.30–16.00",
        "version 0.12.34",
        "2024-01-15",
        "90–101 personer",
        "0,5–1,5 procent",
        "2\\. 3",
    ],
)
def test_dates_amounts_and_statutes_are_no_telephone_numbers(text):
    """What only looks like digits can be written."""
    assert page(text) == []


@pytest.mark.parametrize(
    "text",
    ["[här](https://a.se)", "[Klicka här](https://a.se)", "[läs mer](https://a.se)", "[https://a.se](https://a.se)"],
)
def test_link_text_that_says_nothing_is_refused(text):
    """A link's words make sense alone (WCAG 2.4.4)."""
    assert page(text) == [(1, "Länktexten ska säga vart länken går.")]


def test_heading_of_the_first_level_is_refused():
    """The page's title is its only h1."""
    assert page("# Rubrik") == [(1, "Rubriker i texten börjar med ##.")]
    assert page("## Rubrik") == []


@pytest.mark.parametrize(
    "number,display,count",
    [
        ("+46854081180", "08-540 811 80", 0),
        ("112", "112", 0),
        ("", "", 0),
        ("08-540 81 180", "", 1),
        ("+46854081180", "08-111 11 11", 1),
        ("12", "", 1),
    ],
)
def test_contact_holds_a_normal_number_and_shows_the_same(number, display, count):
    """What is dialled and what is read are one number."""
    found = faults(make("contact", "k", {"title": "K", "number": number, "display": display}), NOTHING)
    assert len(found) == count


def test_provision_key_begins_with_its_statute():
    """11 kap. 1 § of 2025:400 is 2025-400-k11p1, so that links to it can be worked out."""
    known = Public({("statute", "2025:400"), ("statute", "2025:40")})
    fields = {"title": "T", "section": "1", "chapter": "11"}
    good = make("provision", "2025-400-k11p1", fields | {"statute": "2025:400"})
    bad = make("provision", "2025-400-k11p1", fields | {"statute": "2025:40"})
    assert faults(good, known) == []
    assert [f.message for f in faults(bad, known)] == ["Nyckeln ska börja med ”2025-40-”, författningens nummer."]


def test_every_fault_is_told_at_once_in_the_order_of_its_lines():
    """Five mistakes give five sentences."""
    text = (
        "---\nkey: s\ntitle: S\naim: Ring {{kontakt:ingen}}\ntasks:\n  - key: a\n    text: A\n"
        "  - key: b\n    text: B\n    basis: research\ncontacts:\n  - saknas\n---\n"
    )
    found = faults(from_text("step", text), NOTHING)
    assert len(found) == 5
    assert [f.line for f in found] == sorted(f.line for f in found)
    assert all(f.message.endswith(".") for f in found)
