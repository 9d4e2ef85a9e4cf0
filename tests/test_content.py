"""What the content must hold: everything there is, in order, with what it rests on."""

import csv
import re
from html import unescape
from pathlib import Path

import pytest

from tests.whole_site import all_pages, released_documents

DATA = Path(__file__).parent / "data"
MAIN_GUIDE = [
    "forbered-kommunen", "ta-emot-forsta-kontakten", "bedom-skyddet-nu", "kontakta-polisen", "hall-forsta-motet",
    "ordna-samtycke-och-sekretess", "fatta-akuta-beslut", "bedom-hot-och-behov", "samla-alla-till-en-plan",
    "skriv-overenskommelsen", "besluta-och-finansiera", "flytta-och-skydda-uppgifterna", "genomfor-insatserna",
    "folj-upp-och-hantera-avbrott", "etablera-pa-ny-ort", "avsluta-och-folj-upp",
]  # fmt: skip
# The rows of the matrix on the steps of the guide.
STEPS_OF_ROW = {
    "0": [0], "1": [1, 2], "2a": [3, 7], "2b": [4], "3": [5, 9], "4": [6, 7], "5": [8, 10],
    "6a": [11], "6b": [11], "6c": [11], "6d": [11], "6e": [11], "6f": [11],
    "7a": [12], "7b": [12], "7c": [12], "7d": [12], "8": [13], "9": [14, 15], "Statliga": [10],
}  # fmt: skip
ACTOR_OF_COLUMN = {
    "Soc.": "socialtjansten", "Lokalpolis": "polisen-lokalt", "Avhopparsamordn.": "avhopparsamordnare", "Bops": "bops",
    "NOA": "noa", "Krim.vård": "kriminalvarden", "SiS": "sis", "Skola": "skolan", "Vård": "halso-och-sjukvarden",
    "AF": "arbetsformedlingen", "FK": "forsakringskassan", "Skatteverket": "skatteverket", "Kronofogden": "kronofogden",
    "Migr.": "migrationsverket", "Åklagare": "aklagarmyndigheten", "Lst": "lansstyrelsen", "Socialst.": "socialstyrelsen",
    "CVE/Brå": "cve-och-bra", "Civilsamhälle": "civilsamhallet",
}  # fmt: skip
CELLS = [
    (row["Steg"].split()[0], column, cell)
    for row in csv.DictReader((DATA / "matrix.csv").open(encoding="utf-8"))
    for column, cell in row.items()
    if column != "Steg" and cell != "–"
]


def letter_of(cell: str) -> str:
    return re.search("[AMI]", cell).group()


@pytest.fixture
def documents(edition):
    return released_documents()


@pytest.fixture
def matrix(edition):
    """(number of the step, key of the actor) -> letters, each with whether a source stands behind it."""
    actors, rows = edition.matrix(edition.main_guide())
    return {(here.number, cell.actor.key): dict(cell.letters) for here, cells in rows for cell in cells}


def test_everything_is_there(edition):
    """All municipalities and counties, and at least what the dossiers hold of the rest."""
    count = {kind: len(found) for kind, found in edition.records.items()}
    assert (count["municipality"], count["county"]) == (290, 21)
    least = {"contact": 61, "statute": 53, "provision": 583, "actor": 21, "grant": 32, "situation": 7, "guide": 1}
    assert {kind: number for kind, number in least.items() if count[kind] < number} == {}


def test_content_has_no_reference_without_target(edition):
    """Nothing on a fresh site leads nowhere."""
    assert edition.faults == ()


def test_main_guide_has_its_sixteen_steps_in_order(edition):
    """From the preparations, step 0, to the follow-up, step 15."""
    guide = edition.main_guide()
    assert guide.key == "nar-nagon-vill-hoppa-av"
    assert [here.step.key for here in edition.steps(guide)] == MAIN_GUIDE
    assert [here.number for here in edition.steps(guide)] == list(range(16))


def test_every_step_is_complete(edition):
    """Aim, time frame, tasks, somebody responsible, law, sources and somebody to call."""
    for step in edition.main_guide().steps:
        for name in ("aim", "time_label", "tasks", "responsible", "provisions", "sources", "contacts", "body"):
            assert getattr(step, name), (step.key, name)


def test_every_situation_has_tasks_of_its_own(edition):
    """Barn, familj, extremism, heder, häktad eller dömd, ingen hotbild, flytt."""
    guide = edition.main_guide()
    assert len(guide.situations) == 7
    used = {situation.key for step in guide.steps for task in step.tasks for situation in task.situations}
    assert used == {situation.key for situation in guide.situations}


def test_every_task_and_responsibility_says_what_it_rests_on(edition):
    """All of them, with a source wherever the basis claims one."""
    for step in edition.all("step"):
        for row in (*step.tasks, *step.responsibilities):
            assert row.basis.label, (step.key, row)
            if row.basis.code in ("authority", "research", "experience"):
                assert row.basis.sources, (step.key, row)


def test_every_responsibility_says_for_what(edition):
    """A letter in a matrix is not enough."""
    for step in edition.all("step"):
        for row in step.responsibilities:
            assert len(row.what.plain) > 15, (step.key, row.actor.key)


def test_every_cell_of_the_matrix_is_in_the_guide(matrix):
    """Each part that an actor has in the dossier stands on a step of its row, and bold has a source."""
    missing, unsourced = [], []
    for row, column, cell in CELLS:
        letter, actor = letter_of(cell), ACTOR_OF_COLUMN[column]
        found = [matrix[number, actor] for number in STEPS_OF_ROW[row] if letter in matrix[number, actor]]
        if not found:
            missing.append((row, actor, letter))
        elif "**" in cell and not any(letters[letter] for letters in found):
            unsourced.append((row, actor, letter))
    assert len(CELLS) == 135
    assert (missing, unsourced) == ([], [])


def test_letter_without_a_source_in_the_dossier_has_none_here(matrix):
    """Fat letters alone have a source: nothing is dressed up as settled."""
    fat = {
        (number, ACTOR_OF_COLUMN[column], letter_of(cell))
        for row, column, cell in CELLS
        if "**" in cell
        for number in STEPS_OF_ROW[row]
    }
    thin = {
        (number, ACTOR_OF_COLUMN[column], letter_of(cell))
        for row, column, cell in CELLS
        for number in STEPS_OF_ROW[row]
    } - fat
    dressed = [place for place in thin if matrix[place[0], place[1]].get(place[2])]
    assert dressed == []


def test_unverified_provision_says_nothing_in_public(documents, edition):
    """Its summary and meaning wait until somebody has compared them with the law; number, heading and link are shown."""
    words_of = (re.sub(r"<[^>]+>", "", html) for html in all_pages(edition).values())
    whole = unescape("\n".join(re.sub(r"\s+", " ", words) for words in words_of))
    unverified = [d for d in documents if d.kind == "provision" and not d["verified"]]
    assert unverified
    assert [d.key for d in unverified if d.title not in whole] == []
    said = {d.key: first_words(d[name]) for d in unverified for name in ("summary", "meaning") if first_words(d[name])}
    assert len(said) > len(unverified) / 2
    assert [key for key, words in said.items() if words in whole] == []


def first_words(text: str) -> str:
    """The beginning of a text when it is long and plain enough to be told from others, else nothing."""
    words = text.split(". ")[0][:80]
    return words if len(words) > 40 and not re.search(r"[\[{§*\"']", words) else ""


def test_citation_of_the_repealed_act_has_its_successor_beside_it(edition):
    """Wherever (2001:453) is cited in running text, the reader learns what replaced it."""
    count = 0
    for path, html in all_pages(edition).items():
        for match in re.finditer(
            r'<a class="law" href="[^"]*2001(?::|%3A|-)453[^"]*">.*?</a>(.{0,80})', html, re.DOTALL
        ):
            count += 1
            assert re.match(r' <span class="law__repealed">\(upphävd, ersatt av \w', match.group(1)), (
                path,
                match.group(),
            )
    assert count


def test_every_source_has_an_address_that_can_be_followed(edition):
    """A source nobody can look up is none."""
    assert [s.key for s in edition.all("source") if not re.match(r"https?://[^\s/]+", s.url)] == []


def test_first_hour_has_its_ten_lines(documents):
    """In the order in which they matter."""
    (page,) = [d for d in documents if (d.kind, d.key) == ("page", "forsta-timmen")]
    leads = [row["lead"].lower() for row in page["statements"]]
    wanted = [
        "kontakt:112",
        "ensam",
        "fritt",
        "under 18",
        "polisen-11414",
        "chef",
        "lova",
        "sov",
        "socialjour",
        "nästa kontakt",
    ]
    assert [word for word, lead in zip(wanted, leads, strict=True) if word not in lead] == []


def test_owner_is_a_function_and_never_a_person(documents):
    """In public a page is owned by an office."""
    owners = {d.fields.get("owner", "Redaktionen") for d in documents}
    assert owners and not [
        o for o in owners if re.fullmatch(r"[A-ZÅÄÖ][a-zåäö]+ [A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?", o)
    ]


def test_page_without_a_responsible_organisation_says_so(edition):
    """The site never poses as an authority."""
    for path in ("/", "/om/webbplatsen/"):
        said = "Ingen myndighet står bakom webbplatsen än" in all_pages(edition)[path]
        assert said, path
