"""Swedish telephone numbers: kept, shown, spoken, rung, and found in text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from guides.text.phone import PhoneError, display, find_numbers, href, normalise, spoken

with (Path(__file__).parent / "data" / "phone_numbers.csv").open(newline="") as file:
    KNOWN = list(csv.DictReader(file))


def typed(text: str) -> list[str]:
    """The numbers found in a text, as they stand there."""
    return [number for _, _, number in find_numbers(text)]


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row["id"])
def test_known_number_is_kept_as_the_source_table_keeps_it(row):
    """Every number of the contact table becomes its E.164 form, and a short number its digits."""
    expected = row["phone_e164"] or row["phone_display"].replace(" ", "")
    assert normalise(row["phone_display"]) == expected


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row["id"])
def test_known_number_survives_being_shown_and_spoken(row):
    """What is shown, spoken or linked is still the same number."""
    kept = normalise(row["phone_display"])
    assert normalise(display(kept)) == kept
    assert normalise(spoken(kept)) == kept
    assert href(kept) == f"tel:{kept}"


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row["id"])
def test_known_number_is_found_in_running_text(row):
    """Typed in a sentence, every number of the contact table is found as it stands."""
    assert typed(f"Ring {row['phone_display']}, dygnet runt.") == [row["phone_display"]]


@pytest.mark.parametrize(
    "text",
    [
        "08-540 81 180",
        "08-540 811 80",
        "0854081180",
        "08/540 811 80",
        "(08) 540 811 80",
        "+46 8 540 811 80",
        "+46 (0)8-540 811 80",
        "+46 08 540 811 80",
        "0046 8 540 811 80",
        "08\u2011540\u00a0811\u00a080",
        "\u202d08-540 811 80\u202c",
        "08.540.811.80",
    ],
)
def test_number_is_kept_one_way_however_it_is_typed(text):
    """Blanks, hyphens, brackets, country codes and what word processors add make no difference."""
    assert normalise(text) == "+46854081180"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+46854081180", "08-540 811 80"),
        ("+4687021680", "08-702 16 80"),
        ("+468123456", "08-12 34 56"),
        ("+4646121299", "046-12 12 99"),
        ("+46545405054", "054-540 50 54"),
        ("+46451268722", "0451-26 87 22"),
        ("+4645126872", "0451-268 72"),
        ("+4690123456", "090-12 34 56"),
        ("+46701234567", "070-123 45 67"),
        ("+46102235760", "010-223 57 60"),
        ("+4620508080", "020-50 80 80"),
        ("+4620555666", "020-555 666"),
        ("+4620100200", "020-100 200"),
        ("+46771800650", "0771-800 650"),
        ("+46771567567", "0771-567 567"),
        ("+46771220060", "0771-22 00 60"),
        ("+46772280800", "077-228 08 00"),
        ("112", "112"),
        ("1177", "1177"),
        ("11414", "114 14"),
        ("11313", "113 13"),
        ("116006", "116 006"),
        ("90101", "90 101"),
        ("90390", "90 390"),
    ],
)
def test_number_is_shown_in_the_groups_it_is_said_in(number, shown):
    """Area codes have two, three or four digits, and what follows is grouped as Swedes say it."""
    assert display(number) == shown


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+46854081180", "08 540 811 80"),
        ("+46771800650", "0771 800 650"),
        ("11414", "114 14"),
        ("112", "1 1 2"),
        ("1177", "11 77"),
    ],
)
def test_number_is_spoken_in_groups(number, said):
    """A screen reader meets groups with blanks between, never one long sum."""
    assert spoken(number) == said


@pytest.mark.parametrize(
    ("number", "link"),
    [("112", "tel:112"), ("114 14", "tel:11414"), ("08-540 811 80", "tel:+46854081180")],
)
def test_link_has_a_country_code_unless_the_number_is_short(number, link):
    """A short number has no international form; every other link works from abroad too."""
    assert href(number) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "112 eller 114 14",
        "08-54",
        "08-540 811 80 12",
        "0299-12 34 56",
        "0200-100 200",
        "123456",
        "118 118",
        "+45 12 34 56 78",
        "+46",
        "+46112",
        "08-540 811 80 ankn. 3",
        "٠٨٥٤٠٨١١٨٠",
        "0" * 10_000,
        "2009:400",
    ],
)
def test_text_that_fits_no_swedish_number_is_refused_with_the_pattern(text):
    """The message says how a number is written, and stays short whatever was typed."""
    with pytest.raises(PhoneError) as refusal:
        normalise(text)
    assert "08-540 811 80" in str(refusal.value)
    assert "114 14" in str(refusal.value)
    assert len(str(refusal.value)) < 300


def test_message_tells_what_is_wrong_with_the_number():
    """Too few digits, a foreign number and an unknown area code each have their own words."""
    for text, words in [
        ("08-54", "2 siffror efter 08"),
        ("+45 12 34 56 78", "inte ett svenskt nummer"),
        ("0299-12 34 56", "riktnummer"),
        ("0200-100 200", "0200 är inget svenskt riktnummer"),
        ("ring oss", "tecken"),
    ]:
        with pytest.raises(PhoneError, match=words):
            normalise(text)


@pytest.mark.parametrize(
    "text",
    [
        "10 kap. 18 § OSL",
        "112 § och 3 kap. 112 §",
        "2009:400, SFS 2025:400, dnr 2025:112",
        "§ 112/2025",
        "112 000 kr, 116 000 kronor, 90 101 kr, 112,50 kr",
        "112 personer i 112 kommuner",
        "2026-11-21, 08-11-2026, år 1177",
        "010203-1234 och 19800101-1234",
        "kl. 08-16, 08.00–16.30",
        "s. 112, sidan 112 och punkt 112",
        "dnr 08-1234567, bankgiro 050-123 45 67",
        "https://example.se/08-540811 och 1177.se",
        "0114 Upplands Väsby",
        "2020–2025, 500 000, 12 112",
    ],
)
def test_other_figures_are_no_numbers(text):
    """Sections, statutes, dates, amounts, counts, pages and registers are left alone."""
    assert typed(text) == []


def test_numbers_are_found_in_order_with_their_place():
    """Each number comes with where it stands, whatever follows it in the sentence."""
    text = (
        "Fara? Ring 112/114 14. Växel: 08-540\u00a0811\u00a080 24 timmar (020-50 50 50 2024), tel:+46854081180, 90101."
    )
    found = find_numbers(text)
    assert [number for _, _, number in found] == [
        "112",
        "08-540\u00a0811\u00a080",
        "020-50 50 50",
        "+46854081180",
        "90101",
    ]
    assert all(text[start:end] == number for start, end, number in found)


@pytest.mark.parametrize(
    "unit", ["0", "0 ", "08-", "112 ", "+46", "08-540 811 80 ", "08 08 ", "116 1", "dnr ", "(", " "]
)
def test_hostile_text_is_read_to_its_end(unit):
    """A hundred thousand characters of anything give numbers that are in order and apart."""
    text = unit * (100_000 // len(unit))
    end = 0
    for start, stop, number in find_numbers(text):
        assert end <= start < stop
        assert text[start:stop] == number
        end = stop
