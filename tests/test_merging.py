"""Three texts of one document become one, where nobody has touched what the other did."""

from guides.edition.merging import ORDER, merge
from guides.text.documents import make

RING = {"key": "ring", "text": "Ring.", "sources": ()}
WRITE = {"key": "skriv", "text": "Skriv.", "sources": ()}
ASK = {"key": "fraga", "text": "Fråga.", "sources": ()}


def step(*tasks, body="", **fields):
    return make("step", "steg", {"title": "Steg", "tasks": tasks, **fields}, body)


def statement(text):
    return {"lead": text, "text": "", "basis": "proposal", "sources": ()}


def page(*statements):
    return make("page", "sida", {"title": "Sida", "statements": tuple(map(statement, statements))})


def clashes(found):
    return [(part.field, part.column) for part in found.parts if part.clash]


def tasks(found):
    return [task["text"] for task in found.document["tasks"]]


def test_different_fields_are_both_kept():
    """One changes the title, the other the aim."""
    found = merge(step(), step(aim="Ett mål."), step(body="Min text."))
    assert (found.document["aim"], found.document.body) == ("Ett mål.", "Min text.")


def test_same_field_is_a_clash_and_makes_no_document():
    """Both have rewritten the text: a person must choose."""
    found = merge(step(body="Då."), step(body="Deras."), step(body="Min."))
    assert found.document is None and clashes(found) == [("body", "")]
    (part,) = found.parts
    assert (part.base, part.theirs, part.mine) == ("Då.", "Deras.", "Min.")


def test_same_change_by_both_is_no_clash():
    """They agree."""
    found = merge(step(body="Då."), step(body="Nu."), step(body="Nu."))
    assert found.document.body == "Nu." and not found.mine


def test_different_tasks_are_both_kept():
    """Each has changed a task of its own."""
    found = merge(step(RING, WRITE), step(RING | {"text": "Ring nu."}, WRITE), step(RING, WRITE | {"text": "Skriv nu."}))
    assert tasks(found) == ["Ring nu.", "Skriv nu."]


def test_different_columns_of_one_task_are_both_kept():
    """One mends the words, the other adds the source."""
    found = merge(step(RING), step(RING | {"text": "Ring nu."}), step(RING | {"sources": ("kalla",)}))
    assert (found.document["tasks"][0]["text"], found.document["tasks"][0]["sources"]) == ("Ring nu.", ("kalla",))


def test_same_task_is_a_clash():
    """The same words of the same task."""
    found = merge(step(RING), step(RING | {"text": "Ring A."}), step(RING | {"text": "Ring B."}))
    assert clashes(found) == [("tasks", "text")]


def test_new_tasks_of_both_are_kept_where_they_were_put():
    """Mine after the one that I put it after."""
    found = merge(step(RING), step(RING, ASK), step(WRITE, RING))
    assert tasks(found) == ["Skriv.", "Ring.", "Fråga."]


def test_task_deleted_by_one_and_changed_by_the_other_is_a_clash():
    """Nobody's work goes away unseen."""
    assert clashes(merge(step(RING, WRITE), step(WRITE), step(RING | {"text": "Ny."}, WRITE))) == [("tasks", "")]


def test_task_deleted_by_one_alone_is_gone():
    """The other did not care for it."""
    assert tasks(merge(step(RING, WRITE), step(WRITE), step(RING, WRITE | {"text": "Ny."}))) == ["Ny."]


def test_order_of_who_moved_is_kept():
    """One moves, the other writes."""
    found = merge(step(RING, WRITE), step(WRITE, RING), step(RING | {"text": "Ny."}, WRITE))
    assert tasks(found) == ["Skriv.", "Ny."]


def test_two_different_orders_are_a_clash():
    """Both have moved."""
    three = (RING, WRITE, ASK)
    found = merge(step(*three), step(WRITE, RING, ASK), step(RING, ASK, WRITE))
    assert clashes(found) == [("tasks", ORDER)]


def test_rows_without_key_are_matched_by_place():
    """Statements have no key: what stands in the same place is the same one."""
    found = merge(page("Ett", "Två", "Tre"), page("Ett!", "Två", "Tre"), page("Ett", "Två", "Tre!"))
    assert [row["lead"] for row in found.document["statements"]] == ["Ett!", "Två", "Tre!"]


def test_row_put_first_by_one_does_not_move_the_others_changes():
    """A new statement pushes the others down."""
    found = merge(page("Ett", "Två"), page("Noll", "Ett", "Två"), page("Ett", "Två!"))
    assert [row["lead"] for row in found.document["statements"]] == ["Noll", "Ett", "Två!"]


def test_steps_of_a_guide_merge():
    """Each adds a step."""
    guide = [make("guide", "g", {"title": "G", "steps": keys}) for keys in (("a", "b"), ("a", "b", "c"), ("a", "d", "b"))]
    assert merge(*guide).document["steps"] == ("a", "d", "b", "c")


def test_nothing_of_mine_is_told():
    """I pressed save without having written."""
    assert not merge(step(), step(aim="Deras."), step()).mine
