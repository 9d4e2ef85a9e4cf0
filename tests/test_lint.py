"""What makes a text worse without making it wrong, and the state of the knowledge in figures."""

import pytest
from django.core.management import call_command

from guides.edition.field_terms import FIELD_TERMS
from guides.edition.lint import figures, together, warnings
from guides.text.documents import from_text, make

OLD = make(
    "statute",
    "2001:453",
    {
        "title": "Socialtjänstlag (2001:453)",
        "aliases": ("gamla socialtjänstlagen",),
        "repealed_on": "2025-07-01",
        "replaced_by": "2025:400",
    },
)
NEW = make("statute", "2025:400", {"title": "Socialtjänstlag (2025:400)", "short_name": "SoL"})
GLOSSARY = [make("term", f"t{number}", {"title": term}) for number, term in enumerate(FIELD_TERMS)]


def provision(key, statute, chapter, section, **more):
    return make("provision", key, {"title": "T", "statute": statute, "chapter": chapter, "section": section} | more)


OLD_PLACE = provision("2001-453-k4p1", "2001:453", "4", "1", state="repealed")


def said(body, *more):
    page = from_text("page", f"---\nkey: p\ntitle: P\n---\n\nRad ett.\n\n{body}\n")
    return [(w.path, w.line, w.message) for w in together([OLD, NEW, *GLOSSARY, *more, page])]


def test_repealed_section_without_successor_is_told_with_its_line():
    """A section that no longer applies must say which one does."""
    ((path, line, message),) = said("Se 4 kap. 1 § gamla socialtjänstlagen.", OLD_PLACE)
    assert (path, line) == ("pages/p.md", 8)
    assert message.startswith("Upphävt lagrum utan efterföljare: 4 kap. 1 § gamla socialtjänstlagen.")


def test_successor_beside_the_repealed_section_is_enough():
    """The text itself says where the rule stands now."""
    assert said("Se 4 kap. 1 § gamla socialtjänstlagen, nu 11 kap. 1 § SoL.", OLD_PLACE) == []


def test_successor_that_the_page_adds_is_enough():
    """A provision that names its successor is labelled with it, and so is a statute as a whole."""
    heir = provision("2025-400-k11p1", "2025:400", "11", "1")
    mapped = provision("2001-453-k4p1", "2001:453", "4", "1", state="repealed", now=("2025-400-k11p1",))
    assert said("Se 4 kap. 1 § gamla socialtjänstlagen.", mapped, heir) == []
    assert said("Före 2025 gällde gamla socialtjänstlagen.") == []


def test_word_of_the_field_that_the_glossary_lacks_is_told_once():
    """A reader who does not know the word can look it up."""
    without = [t for t in GLOSSARY if t.title != "Kvarskrivning"]
    page = make("page", "p", {"title": "P"}, "Ansök om kvarskrivning.\n\nKvarskrivningen gäller i tre år.")
    assert [w.message for w in together([*without, page])] == ["Ordet kvarskrivning står inte i ordlistan."]
    assert together([*GLOSSARY, page]) == []


def test_paragraph_without_basis_is_warned_of_where_others_have_one():
    """On a page that says what it rests on, a paragraph that does not is seen; its line is told."""
    page = from_text("page", "---\nkey: p\ntitle: P\n---\n\nEtt. {{underlag:proposal}}\n\n## Två\n\nTre.\n")
    assert [w.line for w in warnings(page) if "saknar underlag" in w.message] == [10]
    assert [w for w in warnings(make("page", "p", {"title": "P"}, "Ett.\n\nTvå.")) if "underlag" in w.message] == []


@pytest.mark.parametrize("body", ["## Rubrik", "| a | b |\n| --- | --- |", "- punkt", "1. punkt", "Det gäller:"])
def test_what_is_no_paragraph_needs_no_basis(body):
    """Headings, tables, lists and lead-ins claim nothing by themselves."""
    assert dict(figures([make("page", "p", {"title": "P"}, body)]))["Stycken utan underlag"] == {}


def test_figures_count_paragraphs_without_basis():
    """Marked or not, a page that rests on something as a whole has none."""
    bare = make("page", "p", {"title": "P"}, "Ett.\n\nTvå. {{underlag:proposal}}\n\nTre.")
    whole = make("page", "q", {"title": "Q", "basis": "proposal"}, "Ett.")
    assert dict(figures([bare, whole]))["Stycken utan underlag"] == {"sida": 2}


@pytest.fixture
def folder(tmp_path):
    words = " ".join(["Det här är en kort mening som är lätt att läsa."] * 4)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "p.md").write_text(f"---\nkey: p\ntitle: P\n---\n\n{words}\n")
    return tmp_path


@pytest.mark.django_db
def test_import_tells_the_state_of_the_knowledge(folder, capsys):
    """Every time, also when nothing changed; the LIX of each page only when asked for."""
    call_command("import_content", folder)
    call_command("import_content", folder)
    told = capsys.readouterr().out
    assert told.count("Dokument:") == told.count("Lagrum kontrollerade:") == 2
    assert "page/p" not in told
    call_command("import_content", folder, report=True)
    assert "page/p" in capsys.readouterr().out
    call_command("import_content", folder, verbosity=0)
    assert capsys.readouterr().out == ""
