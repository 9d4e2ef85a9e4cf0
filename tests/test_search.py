"""The search finds what people look for: the public queries, every provision, every municipality, every number."""

import csv
import random
import re
from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from guides.edition.search import search
from guides.edition.searchable import searchable, shown_title
from guides.publishing.current import current
from guides.text.swedish import fold

QUERIES = list(csv.DictReader((Path(__file__).parent / "data" / "queries.csv").open(encoding="utf-8")))
# What people look for elsewhere.
EVERYDAY = (Path(__file__).parent / "data" / "everyday_words.txt").read_text(encoding="utf-8").splitlines()
# These have one right answer.
CERTAIN = ("citation", "phone", "municipality", "exact", "nonsense")


class _Titles(HTMLParser):
    """The first link of each item of the list of hits."""

    def __init__(self, html):
        super().__init__()
        self.titles, self._list, self._open, self._item = [], False, False, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "ol" and "search-results" in (dict(attrs).get("class") or ""):
            self._list = True
        if self._list and tag == "li":
            self._item = True
        if self._item and tag == "a":
            self._open, self._item = True, False
            self.titles.append("")

    def handle_endtag(self, tag):
        if tag == "a":
            self._open = False
        if tag == "ol":
            self._list = False

    def handle_data(self, data):
        if self._open:
            self.titles[-1] += data


def titles(client, query: str) -> list[str]:
    """The titles of the hits, as a visitor gets them."""
    response = client.get(f"/sok/?q={quote(query)}")
    assert response.status_code == 200
    return _Titles(response.content.decode()).titles


@pytest.fixture
def found(edition):
    """The titles of the hits without a page around them: what a loop over thousands can afford."""
    index = current.index()
    return lambda query: [shown_title(record) for record in search(index, edition, query).hits]


def rank(row: dict, hits: list[str]) -> int:
    """The place of the first right title, 0 when there is none."""
    right = (n for n, t in enumerate(hits, start=1) if re.search(row["expected_title_regex"], t, re.IGNORECASE))
    return next(right, 0)


def test_public_queries_reach_their_thresholds(client, content):
    """At least 97 of 100, no kind under 85 %, the certain kinds all, and the right title first for 93 of 100."""
    passed, first, third, misses = defaultdict(list), [], [], []
    for row in QUERIES:
        hits = titles(client, row["query"])
        if row["kind"] == "nonsense":
            good = not hits
        else:
            place = rank(row, hits)
            good = 0 < place <= int(row["max_rank"])
            first.append(place == 1)
            third.append(0 < place <= 3)
        passed[row["kind"]].append(good)
        if not good:
            misses.append((row["id"], row["query"], hits[:3]))
    assert sum(map(sum, passed.values())) >= 97, misses
    assert all(sum(rows) / len(rows) >= 0.85 for rows in passed.values()), misses
    assert all(all(passed[kind]) for kind in CERTAIN), misses
    assert sum(first) / len(first) >= 0.93
    assert sum(third) / len(third) >= 0.98


@pytest.mark.parametrize("row", [r for r in QUERIES if r["kind"] == "nonsense"], ids=lambda r: r["id"])
def test_nonsense_has_no_hit_but_help(client, content, row):
    """112 and 114 14 come first, and there are ways on."""
    html = client.get(f"/sok/?q={quote(row['query'])}").content.decode()
    main = html[html.index("<main") :]
    places = [
        main.index(part) for part in ('href="tel:112"', 'href="tel:11414"', 'href="/guider/"', 'href="/kontakt/"')
    ]
    assert places == sorted(places)
    assert 'href="/ordlista/"' in main
    assert "search-results" not in main


def test_everyday_words_that_the_site_does_not_use_are_taken_for_no_others(edition):
    """At least 95 of 100 have no hit, or only hits that hold the word (a half word begins one); none is corrected."""
    index, noise, corrected = current.index(), [], []
    for typed in EVERYDAY:
        result = search(index, edition, typed)
        texts = [_whole(record, edition) for record in result.hits]
        if not all(any(word in text for word in typed.split()) for text in texts):
            noise.append((typed, [shown_title(record) for record in result.hits[:3]]))
        corrected += result.corrections
    assert len(EVERYDAY) >= 200
    assert len(noise) / len(EVERYDAY) <= 0.05, noise
    assert len(corrected) / len(EVERYDAY) <= 0.02, corrected


def _whole(record, edition) -> str:
    item = searchable(record, edition)
    return " ".join((item.title, *item.names, *item.keywords, item.summary, item.body)).casefold()


@pytest.mark.parametrize("query", ["ränta", "skidor", "kudde", "solglasögon", "parkering", "matlagning"])
def test_word_of_another_world_has_no_hit_but_help(client, content, query):
    """A letter more or less makes another word."""
    html = client.get(f"/sok/?q={quote(query)}").content.decode()
    main = html[html.index("<main") :]
    assert "search-results" not in main and "Visar träffar för" not in main
    assert 'href="tel:112"' in main and 'href="tel:11414"' in main and 'href="/guider/"' in main


def test_word_is_not_a_part_of_another_one_by_chance(found):
    """"Billig" is no inflection of "bil"."""
    assert not [title for title in found("hyra bil") if "Billighet" in title]


# Generated from the content itself.


def typed(provision) -> list[str]:
    """The ways in which people type a provision."""
    name, key, chapter, section = provision.statute.name, provision.statute.key, provision.chapter, provision.section
    if section.startswith("art"):
        number = section.removeprefix("art.").strip()
        return [f"artikel {number} {name}", f"{name} art. {number}", f"{name} artikel {number}".lower()]
    if not section:
        return []
    bare = section.replace(" ", "")
    if chapter:
        return [
            f"{chapter} kap. {section} § {name}",
            f"{name} {chapter}:{bare}".lower(),
            f"{name} {chapter} kap {section}",
            f"{name} {chapter} {bare}".lower(),
            f"{chapter} kap {section} § {name}".lower(),
            f"{key} {chapter} kap. {section} §",
        ]
    return [f"{section} § {name}", f"{name} {section}".lower(), f"{name} § {bare}", f"{key} {section} §"]


def test_every_provision_comes_first_in_every_usual_form(edition, found):
    """A citation is not a matter of luck: at least 99.5 % of all forms of all provisions."""
    tried, misses = 0, []
    for provision in edition.all("provision"):
        for query in typed(provision):
            tried += 1
            hits = found(query)
            if hits[:1] != [shown_title(provision)]:
                misses.append((query, hits[:1]))
    assert tried > 2000
    assert len(misses) / tried <= 0.005, misses[:20]


def test_every_municipality_comes_first_with_and_without_its_dots(edition, found):
    """By name, with "kommun", in the genitive and without å, ä and ö."""
    misses = []
    for municipality in edition.municipalities():
        name = municipality.title
        for query in (name, f"{name} kommun", f"{name}s kommun", f"socialtjänsten i {name}"):
            if found(query)[:1] != [name]:
                misses.append(query)
        if name not in found(fold(name.casefold()))[:2]:
            misses.append(fold(name))
    assert misses == []


def test_every_public_number_leads_to_who_answers(edition, found):
    """As it is shown, as digits alone, and from abroad."""
    for contact in edition.all("contact"):
        number = contact.number("public")
        if number is None:
            continue
        digits = re.sub(r"\D", "", number.display)
        holders = {c.title for c in edition.all("contact") if (n := c.number("public")) and n.value == number.value}
        home = digits.removeprefix("0")
        abroad = [f"+46 {home}", f"0046{home}", f"+46{home}", f"+ 46 {home}", f"+46 (0){home}", f"0046 (0){home}"]
        if digits != home:
            abroad += [f"46{home}", f"({digits[:3]}) {digits[3:]}", f"{digits[:3]}–{digits[3:]}"]
        plain = found(digits)
        assert set(plain[: len(holders)]) == holders, digits
        for query in (number.display, *abroad):
            for before in ("", "tel:", "Tel. ", "tel: ", "telefon: "):
                assert found(before + query) == plain, before + query


def test_number_that_the_public_may_not_see_is_not_found(edition, found):
    """The search is a page for the public: it never tells whose an unconfirmed number is."""
    contacts = [c for c in edition.all("contact") if c.number("professional") and not c.number("public")]
    hidden = [c.number("professional").display for c in contacts]
    assert hidden
    assert [number for number in hidden if found(number)] == []


@pytest.mark.parametrize("query", ["020-50 50 51", "0205050", "0205050500", "08-123 456 78", "114 15 99"])
def test_unknown_number_shows_no_other_number(client, content, query):
    """A near number is a wrong number."""
    html = client.get(f"/sok/?q={quote(query)}").content.decode()
    main = html[html.index("<main") :]
    assert "search-results" not in main
    assert set(re.findall(r'href="tel:([^"]+)"', main)) == {"112", "11414"}


def test_keywords_of_the_editors_are_found_with_slips(edition, found):
    """As they are, without dots and with two letters exchanged: among the first three is a record that has the word
    as its keyword or in its title."""
    dice = random.Random(4)
    owners = defaultdict(set)
    for kind in ("step", "question", "statute", "actor", "term", "page", "guide", "grant", "situation", "download"):
        for record in edition.all(kind):
            if getattr(record, "language", "sv") == "sv":
                for word in (*record.keywords, *getattr(record, "synonyms", ())):
                    owners[word.casefold()].add(shown_title(record))

    def share(change) -> float:
        tried = [(change(word), word) for word in owners]
        tried = [(found(query)[:3], word) for query, word in tried if query]
        good = [any(t in owners[word] or word in t.casefold() for t in hits) for hits, word in tried]
        return sum(good) / len(good)

    def exchanged(word):
        at = dice.randrange(1, len(word) - 2) if len(word) > 6 and word.isalpha() else 0
        return at and word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    assert share(lambda word: word) >= 0.97
    assert share(lambda word: fold(word) if fold(word) != word else "") >= 0.94
    assert share(exchanged) >= 0.95


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("lvu3", ["1990-52-p3"]),
        ("26kap1§osl", ["2009-400-k26p1"]),
        ("3 och 6 §§ LVU", ["1990-52-p3", "1990-52-p6"]),
        ("§ 11 och 6 lvu", ["1990-52-p11", "1990-52-p6"]),
        ("3 och 99 §§ LVU", ["1990-52-p3"]),
        ("99 och 3 §§ LVU", ["1990-52-p3"]),
        ("10 kap. 18 a och 18 b §§ osl", ["2009-400-k10p18a", "2009-400-k10p18b"]),
        ("3-6 §§ lvu", ["1990-52-p3", "1990-52-p4", "1990-52-p6"]),
        ("3 § lvu och 26 kap 1 § osl", ["1990-52-p3", "2009-400-k26p1"]),
    ],
)
def test_citation_of_several_sections_has_them_first(edition, query, keys):
    """In the order named; after them come their statutes and what uses them, not every page with a number in it."""
    found = search(current.index(), edition, query)
    hits = [record.key for record in found.hits]
    assert hits[: len(keys)] == keys
    assert found.hits[len(keys)].kind == "statute"
    used = {user.key for key in keys for user in edition.users_of("provision", key)}
    statutes = {record.key for record in found.hits if record.kind == "statute"}
    assert set(hits) <= used | set(keys) | statutes


def test_no_more_than_fifty_hits_are_shown(edition, client):
    """The page says how many there are."""
    found = search(current.index(), edition, "stöd")
    assert len(found.hits) == 50 < found.total
    assert f"De 50 bästa av {found.total} träffar" in client.get("/sok/?q=stöd").content.decode()


@pytest.mark.parametrize(
    ("query", "kind", "successor"),
    [
        ("4 kap. 1 § gamla sol", "repealed", "2025-400-k11p1"),
        ("2001:453 2 kap 1 §", "repealed", "2025-400-k4p1"),
        ("gamla socialtjänstlagen 11 kap 5 §", "repealed", "2025-400-k14p3"),
        ("sol 4:1", "provision", "2025-400-k11p1"),
        ("14 kap. 1 § sol", "moved", "2025-400-k19p1"),
    ],
)
def test_old_social_services_act_leads_to_its_successor(edition, query, kind, successor):
    """The numbers of the two acts collide; the one in force comes first, and what the old number means now is said."""
    answer = search(current.index(), edition, query).answers[0]
    said = (answer.kind, answer.old.key, [p.key for p in answer.before])
    assert said[:2] == (kind, "2001:453")
    assert successor in said[2]


def test_dots_that_are_typed_are_meant(edition, found):
    """Habo shows its twin too, Håbo does not."""
    assert found("habo")[:2] == ["Habo", "Håbo"]
    assert "Habo" not in found("håbo")


@pytest.mark.parametrize(
    ("query", "danger", "contacts"),
    [
        ("jag är hotad", True, []),
        ("de letar efter mig", True, []),
        ("vagar inte ga hem", True, []),
        ("självmord", False, ["sjalvmordslinjen"]),
        ("vill inte leva", False, ["sjalvmordslinjen"]),
    ],
)
def test_urgent_words_put_help_on_top(edition, query, danger, contacts):
    """Whatever the ranking says."""
    urgent = search(current.index(), edition, query).urgent
    said = (urgent.danger, [c.key for c in urgent.contacts])
    assert said == (danger, contacts)


@pytest.mark.parametrize("query", ["hotbild", "avhoppare", "samtycke", "fara illa", "112"])
def test_ordinary_words_are_not_urgent(edition, query):
    """A worker who looks up a word is not in danger."""
    urgent = search(current.index(), edition, query).urgent is not None
    assert not urgent


def test_hits_come_in_the_same_order_every_time(edition):
    """Two hosts give the same page."""
    one = search(current.index(), edition, "stöd till kommunen").hits
    other = search(current.index(), replace(edition, pages={}), "stöd till kommunen").hits
    assert [(r.kind, r.key) for r in one] == [(r.kind, r.key) for r in other]
