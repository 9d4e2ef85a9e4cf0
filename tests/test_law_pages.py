"""The pages of the law: what a reader looks up there, and in which order it stands."""

import re

from tests.factories import make_provision, make_statute, published

# In the order of the old act: a chapter with a letter follows the whole of the one without.
OLD = (
    "2 kap. 1 §",
    "2 kap. 4 §",
    "2 a kap. 1–2 §§",
    "2 a kap. 3 §",
    "2 a kap. 11 §",
    "3 kap. 3 §",
    "3 kap. 3 a §",
    "bland annat 10 kap. 4 §",
    "13 kap.",
)


def test_key_to_the_old_act_follows_its_chapters_letters_and_sections(client, db):
    """Rows come in the order of the new act, and are sorted by the number that the reader looks up."""
    new = make_statute(key="2025:400", short_name="SoL")
    shuffled = sorted(OLD, key=lambda words: words[::-1])
    rows = [make_provision(new, section=str(i), formerly=f"{w} i socialtjänstlagen (2001:453)") for i, w in enumerate(shuffled, 1)]
    published(new, make_statute(key="2001:453", short_name=""), *rows)
    html = client.get("/lag/gamla-och-nya-sol/").content.decode()
    found = re.findall(r'<th scope="row">(.*?)</th>', html)
    assert found == list(OLD)
