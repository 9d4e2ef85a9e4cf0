"""Swedish words for the search, and the extract under a hit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from guides.edition.snippet import extract
from guides.text.slips import is_slip
from guides.text.swedish import MAX_LETTERS, Lexicon, fold, is_folded, normalise, tokens

WORDS = [
    "avhopp",
    "avhoppare",
    "gäng",
    "kommun",
    "ansökan",
    "anmälan",
    "oro",
    "skydd",
    "skyddad",
    "boende",
    "samtycke",
    "blankett",
    "utredning",
    "barn",
    "bostad",
    "polis",
    "hot",
    "bild",
    "hotbild",
    "bedömning",
    "fängelse",
    "nummer",
    "nöd",
    "mål",
    "mål",
    "jag",
    "bort",
    "resultat",
    "kamera",
]


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(WORDS)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("avhoppet", "avhopp"),
        ("avhopparna", "avhoppare"),
        ("gänget", "gäng"),
        ("gängen", "gäng"),
        ("kommuners", "kommun"),
        ("ansökningar", "ansökan"),
        ("anmälningar", "anmälan"),
        ("skyddet", "skydd"),
        ("bostäderna", "bostad"),
        ("bostaden", "bostad"),
        ("fängelset", "fängelse"),
        ("nödnumret", "nödnummer"),
        ("barnets", "barn"),
    ],
)
def test_forms_of_a_word_have_one_stem(lexicon, typed, same):
    """A word is found in every form that the site or the visitor uses."""
    assert lexicon.stem(typed) == lexicon.stem(same)


@pytest.mark.parametrize(("one", "other"), [("jagad", "jag"), ("mål", "mal"), ("skydd", "sky"), ("bort", "bor")])
def test_different_words_keep_apart(lexicon, one, other):
    """What only looks alike is not joined."""
    assert lexicon.stem(one) != lexicon.stem(other)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("hotbildsbedömning", ("hotbild", "bedömning")),
        ("samtyckesblankett", ("samtycke", "blankett")),
        ("barnutredning", ("barn", "utredning")),
        ("skyddsboende", ("skydd", "boende")),
        ("hotbildsutredning", ("hotbild", "utredning")),
        ("fotbollsresultat", ()),
        ("polis", ()),
        ("112114144", ()),
    ],
)
def test_compound_is_split_where_the_site_knows_both_parts(lexicon, compound, parts):
    """Nothing is split by guessing: a part that the site does not use is none."""
    assert lexicon.parts(compound) == parts


def test_word_without_dots_folds_and_one_with_them_does_not():
    """Who types å, ä and ö means them."""
    assert (fold("österåker"), is_folded("osteraker"), is_folded("österåker")) == ("osteraker", True, False)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("  Soft\u00adhyphen\u200b  x ", "softhyphen x"),
        ("A\x00B\x07", "ab"),
        ("ﬁn", "fin"),
        ("a\u202eb", "ab"),
        ("e\u0301", "é"),
        ("x" * 10_000, "x" * MAX_LETTERS),
    ],
)
def test_normalise_drops_what_cannot_be_seen(typed, normal):
    """Control characters, soft hyphens and marks of direction never reach the page."""
    assert normalise(typed) == normal


@given(st.text(max_size=400))
def test_normalise_is_stable_and_short(text):
    """Once is enough, whatever comes."""
    once = normalise(text)
    assert len(once) <= MAX_LETTERS
    assert "\x00" not in once
    assert tokens(once) == tokens(normalise(once))


TEXT = "Första meningen handlar om annat. " * 8 + "Här ges samtycke till allt. " + "Sedan kommer mer text. " * 8


def test_extract_shows_the_searched_word_in_its_sentence():
    """The window lies where the words are, and is cut at word ends."""
    pieces = extract(TEXT, lambda word: word == "samtycke")
    whole = "".join(piece for piece, _ in pieces)
    assert [piece for piece, marked in pieces if marked] == ["samtycke"]
    assert whole.startswith("… Här ges samtycke") and whole.endswith(" …")
    assert len(whole) < 180


def test_extract_without_a_hit_is_the_beginning():
    """A hit by its title shows how the text begins."""
    pieces = extract(TEXT, lambda word: False)
    assert pieces[0][0].startswith("Första meningen")
    assert not any(marked for _, marked in pieces)


@given(st.text(max_size=600), st.sets(st.text("abcåäö", min_size=1, max_size=3)))
def test_extract_is_made_of_the_text_alone(text, words):
    """Every piece stands in the text as it is; nothing is escaped or added but the dots of the cut."""
    plain = " ".join(text.split())
    for piece, _ in extract(text, lambda word: word in words):
        assert piece in plain or piece in ("… ", " …")


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("polisn", "polisen", True),
        ("sekrettess", "sekretess", True),
        ("avhopare", "avhoppare", True),
        ("skydat", "skyddat", True),
        ("socialtjensten", "socialtjänsten", True),
        ("kriminalvorden", "kriminalvården", True),
        ("hederförtryk", "hedersförtryck", True),
        ("gägn", "gäng", True),
        ("polsien", "polisen", True),
        ("hotbiad", "hotbild", False),
        ("samtycle", "samtycke", True),
        ("ränta", "rätta", False),
        ("väder", "väger", False),
        ("skidor", "skador", False),
        ("aktier", "akter", False),
        ("kudde", "kunde", False),
        ("stårta", "starta", False),
        ("parkering", "markering", False),
        ("matlagning", "mottagning", False),
    ],
)
def test_slip_keeps_the_letters_that_carry_the_meaning(typed, meant, slip):
    """Two letters change places, one is lost or doubled, dots go, a sound is written another way; the rest is another word."""
    assert is_slip(typed, meant, OSA.distance(fold(typed), fold(meant))) is slip
