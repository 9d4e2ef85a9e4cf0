"""What Markdown becomes, rule by rule: each file of tests/data/markup with what it must become beside it. And what is refused."""

from pathlib import Path

import pytest

from guides.edition.faults import faults
from guides.edition.lint import warnings
from guides.text.documents import make
from guides.text.markup import Rich, Slot, render
from guides.text.rules import LONGEST, MOST_LINKS
from guides.text.statutes import statute_names

FOLDER = Path(__file__).parent / "data" / "markup"
RULES = sorted(path.stem for path in FOLDER.glob("*.md"))
NAMES = statute_names([("2025:400", ["SoL"]), ("2001:453", ["gamla socialtjänstlagen"])])


def shown(text: str) -> str:
    """The HTML, with each slot as its parts between brackets."""
    return "".join(p if isinstance(p, str) else _slot(p) for p in render(text, NAMES).parts)


def _slot(slot: Slot) -> str:
    return f"[{' | '.join((slot.kind, slot.key, slot.detail, slot.text)).rstrip(' |')}]"


@pytest.mark.parametrize("rule", RULES)
def test_text_becomes_what_its_rule_says(rule):
    """To the byte, and the same when it is rendered again."""
    text = (FOLDER / f"{rule}.md").read_text()
    assert shown(text) == (FOLDER / f"{rule}.html").read_text().removesuffix("\n") == shown(text)


def test_table_in_a_line_of_text_stays_a_line():
    """A task has no room for blocks; what would have been one is shown as it was written."""
    for text in ("Tabell: x\n| a |\n|---|\n| b |", "::: viktigt\nx\n:::"):
        (only,) = render(text, NAMES, inline=True).parts
        assert "<" not in only


class _Nothing:
    def has(self, kind, key):
        return False


def judged(body: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(errors, remarks) of a page's body, each with its line in it."""
    page = make("page", "p", {"title": "P", "summary": "S"}, body, {"body": 1})
    found = faults(page, _Nothing()), warnings(page)
    return tuple([(fault.line, fault.message) for fault in of if fault.path == "body"] for of in found)


WIDE = "| a | b | c | d | e | f | g |\n|" + "---|" * 7 + "\n| 1 | 2 | 3 | 4 | 5 | 6 | 7 |"


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("# Rubrik", 1, "börjar med ##"),
        ("Ett.\n\n### Rubrik", 3, "hoppar över en nivå"),
        ("## A\n\n#### B", 3, "hoppar över en nivå"),
        ("## A\n\n##\n\nText.", 3, "Rubriken är tom"),
        ("[här](https://a.se/)", 1, "vart länken går"),
        ("[läs mer här](https://a.se/)", 1, "vart länken går"),
        ("[https://a.se/](https://a.se/)", 1, "vart länken går"),
        ("::: viktigt\nText.", 1, "inget slut"),
        ("Text.\n\n:::", 3, "ingen början"),
        ("::: farligt\nText.\n:::", 1, "”farligt” finns inte"),
        ("::: viktigt\nA.\n\n::: viktigt\nB.\n:::", 4, "i en annan"),
        ("Ring 08-555 001 00.", 1, "Använd {{kontakt:nyckel}}"),
        ("![karta.png](bild:karta)", 1, "filnamn"),
        ("[film](film:x)", 1, "känns inte igen"),
        ("å" * (LONGEST // 2 + 1), 1, "60 kB"),
        ("\n\n".join(f"[sida {n}](https://a.se/{n})" for n in range(MOST_LINKS + 1)), 1, "201 länkar"),
    ],
)
def test_error_is_told_at_its_line(body, line, said):
    """It keeps the text from being released."""
    wrong, _ = judged(body)
    assert [said in message for at, message in wrong if at == line].count(True) == 1, wrong


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("Ett.\n\n**Så här gör du**\n\nTvå.", 3, "bara fetstil"),
        ("Ett.\n\n| a |\n|---|\n| b |", 3, "saknar rubrik"),
        (f"Tabell: Sju\n\n{WIDE}", 3, "7 kolumner"),
        ("- a\n    - b\n        - c", 3, "fler än två nivåer"),
        ("[reglerna](https://a.se/1)\n\n[Reglerna](https://a.se/2)", 3, "två olika sidor"),
    ],
)
def test_remark_is_told_at_its_line_and_stops_nothing(body, line, said):
    """It could be better."""
    wrong, remarks = judged(body)
    assert not wrong and [at for at, message in remarks if said in message] == [line], remarks


@pytest.mark.parametrize(
    "body",
    [
        "## A\n\n### B\n\n#### C\n\n## D",
        "**Ring alltid 112 när någon är i fara.**",
        "Tabell: Tider\n| a | b |\n|---|---|\n| 1 | 2 |",
        "- a\n    - b",
        "[reglerna](https://a.se/1) och [reglerna](https://a.se/1)",
        "::: viktigt\nText.\n:::\n\n::: viktigt\nMer.\n:::",
        "#1 på listan",
        "Den 3 mars – 4 april.",
    ],
)
def test_text_that_follows_the_rules_is_left_alone(body):
    """No false alarm: editors would learn to look away."""
    allowed = "telefonnummer"
    wrong, remarks = judged(body)
    assert [m for _, m in (*wrong, *remarks) if allowed not in m] == []


def test_short_name_of_law_that_nobody_knows_is_told():
    """3 § XYZ leads nowhere, and the glossary does not have it."""
    page = make("page", "p", {"title": "P"}, "Enligt 3 § XYZ gäller det, och 1 § SoL.")
    assert [w.message for w in warnings(page, frozenset({"SOL"})) if "XYZ" in w.message] == [
        "Förkortningen XYZ står inte i ordlistan."
    ]


def test_rendering_survives_being_kept():
    """With every rule in it."""
    for rule in RULES:
        rich = render((FOLDER / f"{rule}.md").read_text(), NAMES)
        assert Rich.from_json(rich.to_json()) == rich
