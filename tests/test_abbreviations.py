"""The first use of an abbreviation on a page is written out, and never twice."""

import pytest

from guides.public.abbreviations import spell_out

FORMS = {
    "OSL": "offentlighets- och sekretesslagen",
    "Bops": "brottsoffer- och personsäkerhetsverksamheten",
}


def spelled(main) -> str:
    """What stands in the main part of a page."""
    page = spell_out(f"<nav>OSL</nav><main>{main}</main><footer>OSL</footer>", FORMS)
    start, _, rest = page.partition("<main>")
    inside, _, end = rest.partition("</main>")
    assert (start, end) == ("<nav>OSL</nav>", "<footer>OSL</footer>")
    return inside


def test_first_use_is_written_out_and_no_other():
    """A heading is a name, and waits for the text."""
    main = "<h2>OSL</h2><p>Läs OSL.</p><p>Läs OSL igen.</p>"
    expected = "<h2>OSL</h2><p>Läs offentlighets- och sekretesslagen (OSL).</p><p>Läs OSL igen.</p>"
    assert spelled(main) == expected


@pytest.mark.parametrize(
    "main",
    [
        "<p>Offentlighets- och sekretesslagen, OSL, gäller.</p>",
        "<p>Bops, polisens brottsoffer- och personsäkerhetsverksamhet</p><p>Ring Bops.</p>",
        "<h1>Bops, polisens brottsoffer- och personsäkerhetsverksamhet</h1><p>Bops gör en bedömning.</p>",
        "<p>Polisens brottsoffer- och personsäkerhetsverksamhet, Bops, gör en bedömning.</p>",
    ],
    ids=["definite", "a name", "in the heading", "before it"],
)
def test_what_an_author_wrote_out_is_left_alone(main):
    """In the definite form or not."""
    assert spelled(main) == main


def test_heading_that_only_has_the_words_does_not_explain_the_letters():
    """Without the abbreviation beside them nobody knows that they belong together."""
    main = "<h1>Offentlighets- och sekretesslag</h1><p>Läs OSL.</p>"
    assert spelled(main).endswith("<p>Läs offentlighets- och sekretesslagen (OSL).</p>")
