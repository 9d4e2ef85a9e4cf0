"""Citations as they are typed in a search box: without blanks, and of several sections."""

import pytest

from guides.text.citations import DEFAULT_NAMES, Target, parse_query


def _of(statute, *places):
    return tuple(Target(statute, *place) for place in places)


@pytest.mark.parametrize(
    ("query", "targets"),
    [
        ("lvu3", _of("1990:52", ("", "3"))),
        ("3§lvu", _of("1990:52", ("", "3"))),
        ("lvu§3", _of("1990:52", ("", "3"))),
        ("lvu-3", _of("1990:52", ("", "3"))),
        ("osl26:1", _of("2009:400", ("26", "1"))),
        ("OSL 26 : 1", _of("2009:400", ("26", "1"))),
        ("osl10:18a", _of("2009:400", ("10", "18 a"))),
        ("OSL26 kap1§", _of("2009:400", ("26", "1"))),
        ("26kap1§osl", _of("2009:400", ("26", "1"))),
        ("26kap.1§ OSL", _of("2009:400", ("26", "1"))),
        ("kap 26 § 1 osl", _of("2009:400", ("26", "1"))),
        ("sol20:1", _of("2025:400", ("20", "1"))),
        ("gdpr6", _of("eu-2016-679", ("", "6"))),
        ("paragraf 3 lvu", _of("1990:52", ("", "3"))),
        ("3 och 6 §§ LVU", _of("1990:52", ("", "3"), ("", "6"))),
        ("3 o 6 §§ LVU", _of("1990:52", ("", "3"), ("", "6"))),
        ("§ 6 och 11 lvu", _of("1990:52", ("", "6"), ("", "11"))),
        ("lvu 11, 6 och 2", _of("1990:52", ("", "11"), ("", "6"), ("", "2"))),
        ("10 kap. 18 a och 18 b §§ osl", _of("2009:400", ("10", "18 a"), ("10", "18 b"))),
        ("26 kap. 1 § och 10 kap. 2, 3 §§ osl", _of("2009:400", ("26", "1"), ("10", "2"), ("10", "3"))),
        ("osl 26:1, 10:18a", _of("2009:400", ("26", "1"), ("10", "18 a"))),
        ("2 § och 3 § LVU", _of("1990:52", ("", "2"), ("", "3"))),
        ("2 § LVU och 3 § LVU", _of("1990:52", ("", "2"), ("", "3"))),
        ("3-6 §§ lvu", _of("1990:52", ("", "3", "6"))),
        ("3 till 6 §§ lvu", _of("1990:52", ("", "3", "6"))),
        ("10 kap. 18 a–c §§ osl", _of("2009:400", ("10", "18 a", "18 c"))),
        ("1 och 2 §§ 4 kap gamla sol", _of("2001:453", ("4", "1"), ("4", "2"))),
        ("3 § lvu och 26 kap 1 § osl", (*_of("1990:52", ("", "3")), *_of("2009:400", ("26", "1")))),
        ("lvu 3, osl 26:1", (*_of("1990:52", ("", "3")), *_of("2009:400", ("26", "1")))),
        ("2 § och 3 barn lvu", ()),
        ("covid19", ()),
    ],
)
def test_query_may_lack_its_blanks_and_name_several_sections(query, targets):
    """In the order named; a number without its sign after signed ones is no section."""
    assert parse_query(query, DEFAULT_NAMES) == targets
