"""The rule that must never slip: a child without a guardian is not offered skyddat boende (22 kap. 5 § SoL)."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guides.edition.answers import Answers
from guides.edition.plan import plan
from guides.text.case import QUESTIONS
from guides.text.documents import Document
from guides.text.kinds import KINDS
from tests.whole_site import released_documents

SHELTER = re.compile(r"skydda(?:t|de) boende", re.IGNORECASE)
CHILD = re.compile(
    r"\b(?:barn(?!konvention)\w*|minderårig\w*|underårig\w*|ungdom(?:en|ar|arna)?|tonåring\w*|den unga?e?"
    r"|under 18|(?:1[0-7]|[a-zåäö]+ton)[ -]?åring\w*|1[0-7] år)\b",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"utan (?:en |sin |sina |någon |myndig |att )*(?:vårdnadshavare|förälder|föräldrar)|på egen hand"
    r"|\bensam(?:t|ma)? (?:barn|minderårig|underårig|ung|tonåring|1\d)|ensamkommande|\b(?:kommer|är) ensamt?\b",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"\b(?:erbjud\w*|placera\w*|ordna\w*|bevilja\w*|ge|ges|ger|välj|hitta|boka|sök|begär|får|kan få|kan tas emot|passar)\b",
    re.IGNORECASE,
)
REFUSAL = re.compile(r"\b(?:aldrig|inte|inget|kan det inte|bara)\b|annat sätt|annan placering", re.IGNORECASE)
# The act (2024:79) is about children who come with a guardian.
WITH_ADULT = re.compile(r"vårdnadshavare|förälder|föräldrar|tillsammans|vuxen|följ(?:er|a) med|2024:79", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖ*\[])|\n+")
# Names of laws and questions say nothing about what is offered.
NAMES = re.compile(
    r"lag(?:en)? (?:\(2024:79\) )?om placering av barn i skyddat boende|\[[^\]]*\?\]\([^)]*\)", re.IGNORECASE
)


def offers_to_a_lone_child(text: str) -> list[str]:
    """Sentences that offer a child skyddat boende without the exception or an adult who comes along."""
    found = []
    for sentence in SENTENCE.split(NAMES.sub("", text)):
        if not (SHELTER.search(sentence) and CHILD.search(sentence)) or sentence.rstrip().endswith("?"):
            continue
        refused = REFUSAL.search(sentence)
        alone = ALONE.search(sentence) and not refused
        offered = OFFER.search(sentence) and not refused and not WITH_ADULT.search(sentence)
        if alone or offered:
            found.append(sentence.strip())
    return found


def texts(document: Document) -> list[str]:
    """Every text of a document that a reader may act on, one for each field and row."""
    found = [document.body]
    for spec in KINDS[document.kind].fields:
        if spec.type in ("inline", "prose"):
            found.append(document[spec.name])
        elif spec.type == "rows":
            columns = [c.name for c in spec.columns if c.type in ("inline", "prose")]
            found += [str(row[name]) for row in document[spec.name] for name in columns]
    return [text for text in found if text]


@pytest.fixture
def documents(edition):
    return [document for document in released_documents() if document.kind in ACTED_ON]


ACTED_ON = ("step", "situation", "page", "guide", "question", "download", "term", "actor", "news")


def test_no_text_offers_a_lone_child_skyddat_boende(documents):
    """No step, situation, page, guide, question, template, term or actor does."""
    assert {d.kind for d in documents} >= {"step", "situation", "page", "guide"}
    found = [
        (d.kind, d.key, sentence) for d in documents for text in texts(d) for sentence in offers_to_a_lone_child(text)
    ]
    assert found == []


PLANTED = [
    "Erbjud barnet utan vårdnadshavare skyddat boende",
    "Erbjud barnet utan vårdnadshavare skyddat boende.",
    "Ett ensamt barn kan få skyddat boende.",
    "Ordna skyddat boende för 17-åringen.",
    "Placera den unge i ett skyddat boende i en annan kommun.",
    "Skyddade boenden kan tas emot av den som är under 18.",
    "Den som är 16 år och kommer ensam får skyddat boende.",
    "Välj skyddat boende för minderåriga på egen hand.",
    "Bevilja barnet skyddat boende.",
    "En sextonåring kan få skyddat boende i natt.",
]


@pytest.mark.parametrize("sentence", PLANTED)
def test_planted_offer_is_found_in_any_step(documents, sentence):
    """Whatever else a step says, and wherever the sentence is put, it is seen."""
    assert offers_to_a_lone_child(sentence)
    for step in (d for d in documents if d.kind == "step"):
        for text in texts(step)[:3]:
            assert offers_to_a_lone_child(f"{text.rstrip('.')}. {sentence} Skriv upp det.")
            assert offers_to_a_lone_child(f"{text}\n\n- {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ett barn utan vårdnadshavare får aldrig skyddat boende (22 kap. 5 § SoL).",
        "Placera ett barn utan vårdnadshavare i jourhem, familjehem eller HVB, aldrig i skyddat boende.",
        "Ett barn får skyddat boende bara tillsammans med en myndig vårdnadshavare som också beviljas insatsen.",
        "Besluta för varje barn som följer med en förälder till skyddat boende.",
        "Lagen (2024:79) om placering av barn i skyddat boende gäller.",
        "En vuxen kan få skyddat boende.",
    ],
)
def test_right_sentence_is_left_alone(sentence):
    """The rule itself, and what holds for adults and families, can be written."""
    assert offers_to_a_lone_child(sentence) == []


def test_rule_stands_where_a_child_is_placed(documents):
    """The steps and the situation in which a place is chosen say the exception in words."""
    by_key = {d.key: "\n".join(texts(d)) for d in documents if d.kind in ("step", "situation")}
    for key in ("bedom-skyddet-nu", "fatta-akuta-beslut", "flytta-och-skydda-uppgifterna", "barn", "familj"):
        paragraphs = [p for p in by_key[key].split("\n") if SHELTER.search(p) and CHILD.search(p)]
        assert [p for p in paragraphs if REFUSAL.search(p)], key
        assert re.search(r"jourhem|familjehem", by_key[key]), key


def test_immediate_assessment_covers_the_siblings(documents, edition):
    """Wherever the main guide, the first hour or the situations speak of skyddsbedömning, they speak of syskon (20 kap. 1 § SoL)."""
    own = {step.key for step in edition.main_guide().steps}
    spoken = [
        d
        for d in documents
        if d.key in own or d.kind == "situation" or d.key in ("forsta-timmen", "omedelbar-skyddsbedomning")
    ]
    speaking = [d for d in spoken if "skyddsbedömning" in "\n".join(texts(d)).lower()]
    assert len(speaking) >= 5
    assert [d.key for d in speaking if "syskon" not in "\n".join(texts(d)).lower()] == []


# Whom the place is for: an adult, a child with a guardian, or in words that no child is.
FOR_WHOM = re.compile(
    r"\bvuxn?[ae]?n?s?\b|\bmyndig|vårdnadshavare|förälder|föräldrar|följ(?:er|a) med|2024:79", re.IGNORECASE
)
TAKEN_IN = re.compile(
    r"tas? emot|till för|gäller den som|\b(?:pröva|erbjud|välj|ordna|aktuellt|kan få|bevilja)\w*", re.IGNORECASE
)
NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Stockholm"))


def says_shelter_to_anyone(text: str) -> bool:
    """True when a task tells that somebody is taken into skyddat boende and not whom that holds for."""
    offered = [s for s in SENTENCE.split(NAMES.sub("", text)) if SHELTER.search(s) and TAKEN_IN.search(s)]
    return bool([s for s in offered if not REFUSAL.search(s)] and not FOR_WHOM.search(text))


def plans_of_minors(edition):
    """The plan for a child of each age with each other answer alone, and in each guide that makes a plan."""
    for age in ("under_15", "15_17"):
        for question in QUESTIONS:
            for choice in question.choices:
                if question.name != "age":
                    yield plan(edition, Answers({"age": age, question.name: choice.name}), None, NOW)


def test_no_task_in_a_minors_plan_tells_of_a_right_that_an_adult_has(edition):
    """Text and detail are true for whoever reads the plan: an adult, or a child with a guardian, never a lone child."""
    items = {item.key: item for made in plans_of_minors(edition) for item in made.items}
    assert len(items) > 50
    spoken = {key: f"{item.text.plain} {item.detail.plain}" for key, item in items.items()}
    assert {key: text for key, text in spoken.items() if says_shelter_to_anyone(text)} == {}
    assert {key: found for key, text in spoken.items() if (found := offers_to_a_lone_child(text))} == {}


def test_task_that_forgets_whom_the_place_is_for_is_found():
    """The sentence that once stood in a child's plan."""
    assert says_shelter_to_anyone(
        "Den som behöver skydd mot hot ska kunna tas emot i skyddat boende (9 kap. 5 § SoL)."
    )
    assert not says_shelter_to_anyone("En vuxen som behöver skydd kan tas emot i skyddat boende (9 kap. 5 § SoL).")
