"""Citations of law in running text: what is found, what it points at, and what is left alone."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from guides.text.citations import (
    DEFAULT_NAMES,
    Statutes,
    Target,
    expand,
    find_citations,
    parse_query,
    public_url,
    split_query,
    statute_names,
)

with (Path(__file__).parent / "data" / "citations.csv").open(newline="") as file:
    EXAMPLES = {row["number"]: row for row in csv.DictReader(file)}
# 34 is the same words in a text from before the act in force; it has a test of its own.
READ_TODAY = [row for number, row in EXAMPLES.items() if number != "34"]


def places(text: str, names: Statutes = DEFAULT_NAMES, statute: str = "", chapter: str = "") -> list[str]:
    """Every place cited in a text, as statute#fragment or as an address."""
    return [
        target.url or "#".join(part for part in (target.statute, fragment) if part)
        for citation in find_citations(text, names, statute, chapter)
        for target in citation.targets
        for fragment in target.fragments or ("",)
    ]


def pieces(text: str, **options) -> list[str]:
    """The pieces of a text that become links."""
    return [citation.text for citation in find_citations(text, DEFAULT_NAMES, **options)]


@pytest.mark.parametrize("row", READ_TODAY, ids=lambda row: row["number"])
def test_example_points_at_its_place(row):
    """Each example of the domain's table points at the statute, section, stycke and point it names."""
    found = places(row["text"])
    expected = row["targets"].split() if row["targets"] else [row["url"]] if row["url"] else []
    assert found == expected


@pytest.mark.parametrize("row", READ_TODAY, ids=lambda row: row["number"])
def test_example_is_read_as_the_table_parses_it(row):
    """Chapters, sections, ranges, stycken and points come out as the table's own parse has them."""
    parsed = json.loads(row["parsed"])
    read = []
    for citation in find_citations(row["text"], DEFAULT_NAMES):
        for target in citation.targets:
            if not target.chapter and not target.section:
                continue
            place = {"kap": target.chapter}
            if target.section.startswith("art."):
                place |= {"art": target.section.removeprefix("art. "), "par": str(target.paragraphs[0])}
                place |= {"letter": target.points[0]}
            elif target.section_to:
                place |= {"par_from": target.section, "par_to": target.section_to}
            else:
                place |= {"par": target.section, "st": list(target.paragraphs), "p": [int(p) for p in target.points]}
            read.append({name: value for name, value in place.items() if value})
    expected = [{k: v for k, v in ref.items() if k != "men"} for ref in parsed.get("refs", [])]
    assert read == expected


@pytest.mark.parametrize("row", [r for r in READ_TODAY if r["url"]], ids=lambda row: row["number"])
def test_example_has_the_public_address_of_the_table(row):
    """Preparatory works, agency rules and EU acts lead to the address that the table gives."""
    target = find_citations(row["text"], DEFAULT_NAMES)[0].targets[0]
    assert public_url(target) == row["url"]


def test_short_name_of_old_act_means_it_where_the_names_say_so():
    """In a text from before July 2025 the caller lets SoL mean the old act; otherwise it is the act in force."""
    text = EXAMPLES["34"]["text"]
    before = statute_names([("2001:453", ["SoL", "socialtjänstlagen"])])
    assert places(text, before) == [EXAMPLES["34"]["targets"]]
    assert places(text) == ["2025:400#K4P1"]


@pytest.mark.parametrize(
    "text",
    [
        "KS § 45",
        "SN § 112/2025",
        "dnr 2025:400",
        "kl. 10.18",
        "den 18 a",
        "kap. 3 i rapporten",
        "3 kap. i rapporten",
        "§ 4 i avtalet",
        "4 § i avtalet",
        "§ 4 § 5",
        "betänkande 2025:400 och 2009:400",
        "Lydelse enligt lag (2025:179)",
        "FB och KL",
        "i sol och regn",
        "nytt underlag, ett förslag och bolagens ansvar",
    ],
)
def test_lookalike_is_no_citation(text):
    """Minutes, diary numbers, times, contracts and everyday words are no law, not even on a statute's page."""
    assert places(text) == []
    assert places(text, statute="2025:400", chapter="11") == []


def test_name_inside_another_word_is_no_citation():
    """SoLPUL is another act than SoL, and a compound is not a statute."""
    assert places("SoLPUL") == []
    assert places("LVU-hem och OSL-frågor") == []
    assert places("SoLPUL", statute_names([("2001:454", ["SoLPUL"])])) == ["2001:454"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "25 kap. 1 §, 2 § andra stycket och 26 kap. 1 § OSL",
            ["25 kap. 1 §", "2 § andra stycket", "26 kap. 1 § OSL"],
        ),
        ("10 kap. 15 a, 18 a–18 c och 27 §§ OSL", ["10 kap. 15 a", "18 a–18 c", "27 §§ OSL"]),
        ("LVU 6 § och 11 kap. 1 § SoL", ["LVU 6 §", "11 kap. 1 § SoL"]),
        ("Förvaltningslagens krav, OSL:s regler", ["Förvaltningslagens", "OSL:s"]),
        ("11 kap. 1 § i den nya socialtjänstlagen", ["11 kap. 1 § i den nya socialtjänstlagen"]),
        ("prop. 2024/25:180 s. 45", ["prop. 2024/25:180"]),
    ],
)
def test_list_becomes_one_piece_for_each_place(text, expected):
    """A list is cut where its places are, so that each piece of text links to its own."""
    assert pieces(text) == expected


def test_citation_with_several_stycken_and_points_keeps_them_in_one_piece():
    """Stycken with points of their own are targets of one piece, whose text cannot be cut."""
    (found,) = find_citations("22 § första stycket 2 och andra stycket LVU", DEFAULT_NAMES)
    assert [target.fragment for target in found.targets] == ["P22S1N2", "P22S2"]


@pytest.mark.parametrize(
    "text",
    [
        "26\u00a0kap. 1\u202f§ offentlig\u00adhets- och sekretess\u00adlagen",
        "Enligt 26 kap.\n1 §\noffentlighets- och\nsekretesslagen",
        "Före: 26 kap. 1 § offentlighets- och sekretessla\u00adgen. Efter.",
        "polis a\u030ar 26 kap. 1 § OSL",
    ],
)
def test_offsets_lead_back_to_the_text_as_it_was(text):
    """Odd blanks, soft hyphens and split letters are seen through, and offsets count the original characters."""
    (found,) = find_citations(text, DEFAULT_NAMES)
    assert text[found.start : found.end] == found.text
    assert found.text.startswith("26")
    assert found.targets == (Target("2009:400", "26", "1"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Enligt OSL gäller sekretess (26 kap. 1 §).", ["2009:400", "2009:400#K26P1"]),
        ("12 kap. 2 § gäller enligt OSL. 3 § gör inte det.", ["2009:400"]),
        ("sekretess i 26 kap. 1 § enligt OSL", ["2009:400#K26P1", "2009:400"]),
        ("ansvaret i 4 kap. 1 § och rätten i 11 kap. 1 § SoL", ["2025:400#K4P1", "2025:400#K11P1"]),
        ("4 kap. 1 §, gamla SoL", ["2001:453#K4P1", "2001:453"]),
        ("6 § ska följas, liksom förvaltningslagen", ["2017:900"]),
        ("6 § skadeståndslagen och 3 § LVU", ["1990:52#P3"]),
        ("10 kap. 18 a § OSL och 27 §", ["2009:400#K10P18a", "2009:400#K10P27"]),
        ("5 kap. 1 § OSL och 3 § samma kapitel", ["2009:400#K5P1", "2009:400#K5P3"]),
        ("GDPR gäller. 3 § LVU och artikel 6 GDPR", ["eu-2016-679", "1990:52#P3", "eu-2016-679#A6"]),
        ("lag (2025:1501) ändrade 19 kap. 1 § SoL och 6 §", ["2025:1501", "2025:400#K19P1", "2025:400#K19P6"]),
        ("lagen (2018:218) med tillägg till EU:s dataskyddsförordning", ["2018:218"]),
    ],
)
def test_section_belongs_to_the_statute_its_clause_names(text, expected):
    """Right neighbour first, then the statute to the left in the sentence, else none: never a guess."""
    assert places(text) == expected


def test_bare_section_belongs_to_the_page_it_stands_on():
    """Without a statute in the sentence a section is the page's own, and without a page no citation."""
    text = "Den allmänna skyldigheten i 6 § gäller inte (8 §)."
    assert places(text) == []
    assert places(text, statute="2025:170") == ["2025:170#P6", "2025:170#P8"]


def test_bare_section_takes_the_chapter_named_last_or_the_page_s_own():
    """On the page of 26 kap. 9 § OSL "8 §" is 26 kap. 8 §, until another chapter is named."""
    text = "Se 8 §. Jämför 10 kap. 18 a § och 27 §. Så även 3 §."
    found = places(text, statute="2009:400", chapter="26")
    assert found == ["2009:400#K26P8", "2009:400#K10P18a", "2009:400#K10P27", "2009:400#K10P3"]


def test_words_that_point_back_follow_the_statute_named_last():
    """ "Samma lag" is the last statute named, "denna lag" the page's own, "lagen om ..." some other law."""
    assert places("3 § LVU. Enligt 6 § samma lag.") == ["1990:52#P3", "1990:52#P6"]
    assert places("3 § LVU. Enligt 6 § denna lag.", statute="2025:170") == ["1990:52#P3", "2025:170#P6"]
    assert places("3 § LVU och 6 § lagen om något annat") == ["1990:52#P3"]
    assert places("6 § samma lag") == []
    assert places("3 § LVU.\n\n## Rubrik\n\n6 § samma lag") == ["1990:52#P3"]


def test_number_after_a_name_wins_over_the_name():
    """The number in brackets says which act of that name is meant."""
    assert places("socialtjänstlagen (2001:453)") == ["2001:453"]
    assert places("SoL (SFS 2001:453) 4 kap. 1 §") == ["2001:453#K4P1"]
    assert places("socialtjänstlagen") == ["2025:400"]


def test_names_of_content_are_recognised_longest_first():
    """A title also gives the name it has in running text, and the longest name that fits is taken."""
    names = statute_names(
        [
            ("2024:79", ["Lag (2024:79) om placering av barn i skyddat boende"]),
            ("2001:453", ["Socialtjänstlag (2001:453)", "äldre SoL"]),
            ("2003:763", ["lagen om placering"]),
        ]
    )
    assert places("2 § lagen om placering av barn i skyddat boende", names) == ["2024:79#P2"]
    assert places("2 § lagen om placering av varor", names) == ["2003:763#P2"]
    assert places("socialtjänstlagen, äldre SoL", names) == ["2025:400", "2001:453"]


def test_name_of_ordinary_words_is_a_statute_only_beside_a_section():
    """A short name such as "fingerade personuppgifter" is first of all a subject."""
    names = statute_names([("1991:483", ["fingerade personuppgifter"])])
    assert places("Om fingerade personuppgifter", names) == []
    assert places("3 § fingerade personuppgifter", names) == ["1991:483#P3"]


def test_abbreviation_keeps_its_case_except_sol_and_osl():
    """LVU is typed in capitals; sol and osl count in small letters where a section stands beside them."""
    assert places("3 § lvu") == []
    assert places("11 kap. 1 § sol, 26 kap. 1 § osl") == ["2025:400#K11P1", "2009:400#K26P1"]
    assert places("SOL och OSL") == ["2025:400", "2009:400"]
    assert places("6 kap. 2 § FB") == ["1949:381#K6P2"]


def test_names_that_are_equal_are_written_alike():
    """The same names in another order have the same `repr`, which tells whether texts must be rendered anew."""
    one = statute_names([("2024:7", ["a-lagen"]), ("2024:8", ["b-lagen"])])
    other = statute_names([("2024:8", ["b-lagen"]), ("2024:7", ["a-lagen"])])
    assert repr(one) == repr(other)
    assert repr(one) != repr(DEFAULT_NAMES)


STORED = [("10", s) for s in ("1", "2", "2 a", "3", "4", "4 a", "18 a", "18 b", "18 c", "19")] + [
    ("11", "2"),
    ("", "16"),
    ("", "17"),
    ("", "17 a"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 kap. 2–4 §§ OSL", ["2", "2 a", "3", "4"]),
        ("10 kap. 18 a–c §§ OSL", ["18 a", "18 b", "18 c"]),
        ("16-17 §§ folkbokföringslagen", ["16", "17"]),
        ("10 kap. 3 § OSL", ["3"]),
        ("10 kap. 5 § OSL", []),
        ("11 kap. OSL", ["2"]),
        ("OSL", []),
        ("artikel 2 GDPR", []),
    ],
)
def test_range_covers_the_stored_sections_between_its_ends(text, expected):
    """Lettered sections between the ends count, those after the last do not, and nothing is invented."""
    target = find_citations(text, DEFAULT_NAMES)[0].targets[0]
    assert [section for _, section in expand(target, STORED)] == expected


@pytest.mark.parametrize(
    ("target", "anchor"),
    [
        (Target("2009:400", "10", "18 a", paragraphs=(1,), points=("2",)), "K10P18a"),
        (Target("1990:52", section="6"), "P6"),
        (Target("2010:800", "6 a", "10"), "K6aP10"),
        (Target("1962:700", "3"), "K3"),
        (Target("eu-2016-679", section="art. 9", paragraphs=(2,)), "A9"),
        (Target("2009:400"), ""),
    ],
)
def test_anchor_names_the_section_without_its_parts(target, anchor):
    """The anchor is that of the site's own statute pages, which end at the section."""
    assert target.anchor == anchor


@pytest.mark.parametrize(
    ("target", "url"),
    [
        (Target("2009:400", "10", "18 a"), "https://data.riksdagen.se/dokument/sfs-2009-400.html#K10P18a"),
        (Target("2009:400"), "https://data.riksdagen.se/dokument/sfs-2009-400.html"),
        (Target("2018:1197", section="art. 3"), "https://data.riksdagen.se/dokument/sfs-2018-1197.html"),
        (Target("1736:0123 s. 2"), "https://lagen.nu/1736:0123_2"),
        (Target("afs-2023-2"), ""),
    ],
)
def test_public_address_leads_to_the_section_where_it_has_an_anchor(target, url):
    """The Riksdag's text opens at the section; where no address has been checked there is none."""
    assert public_url(target) == url


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("osl 10:18a", Target("2009:400", "10", "18 a")),
        ("lvu 3", Target("1990:52", section="3")),
        ("SoL 12:7", Target("2025:400", "12", "7")),
        ("2009:400 26 kap. 1 §", Target("2009:400", "26", "1")),
        ("OSL 26 kap 1", Target("2009:400", "26", "1")),
        ("osl 10 18", Target("2009:400", "10", "18")),
        ("11 kap 1 § sol", Target("2025:400", "11", "1")),
        ("6 a:10 skollagen", Target("2010:800", "6 a", "10")),
        ("§ 3 lvu", Target("1990:52", section="3")),
        ("3 § första stycket lvu", Target("1990:52", section="3")),
        ("osl 10 kap 2-4", Target("2009:400", "10", "2", "4")),
        ("art 9 gdpr", Target("eu-2016-679", section="art. 9")),
        ("forvaltningslagen 32", Target("2017:900", section="32")),
        ("sfs 1990:52", Target("1990:52")),
        ("lag 2023:196", Target("2023:196")),
        ("10:18", Target("", "10", "18")),
        ("lvu 3 barn", None),
        ("anmälan 19 kap 1 § sol", None),
        ("prop 2024/25:180", None),
        ("112", None),
        ("", None),
    ],
)
def test_query_is_a_citation_only_as_a_whole(query, target):
    """What visitors type for a section is understood; a query with other words in it is a search for words."""
    assert parse_query(query, DEFAULT_NAMES) == ((target,) if target else ())


def test_query_with_other_words_gives_both():
    """Search can look for the section and for the words that are left."""
    assert split_query("anmälan 19 kap 1 § sol", DEFAULT_NAMES) == ((Target("2025:400", "19", "1"),), "anmalan")


HOSTILE = [
    *("1, ", "1 a–b, ", "10 kap. 1, ", "1 § första, andra och ", "1 § 1, ", "lag (2025:170) om ", "OSL 1 § "),
    *("SoL 12:7, ", "artikel 1.1 a, b, ", "1 § samma lag ", "a\u0308", "\n\n", "(", "1 § i ", "a", "1"),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_read_to_its_end(unit):
    """A hundred thousand characters of anything give citations that are in order, apart and true to the text."""
    text = unit * (100_000 // len(unit))
    end = 0
    for found in find_citations(text, DEFAULT_NAMES, "2009:400"):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        end = found.end


def test_random_text_never_gives_overlapping_citations():
    """Whatever follows whatever, pieces stay in order and apart."""
    words = [*HOSTILE, "LVU", "BrB", "brottsbalken", " och ", ", ", "kap.", "§§", " stycket", "11", "18 a", "i "]
    chance = random.Random(1)
    for _ in range(1000):
        text = "".join(chance.choice(words) for _ in range(30))
        end = 0
        for found in find_citations(text, DEFAULT_NAMES, "2009:400", "3"):
            assert end <= found.start < found.end, text
            end = found.end
