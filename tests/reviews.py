"""Bring a version to a state of its review, and press the buttons of the review page."""

from guides.publishing.review import APPROVED, ASKED, BEGUN, CHANGES, DRAFT, act
from guides.publishing.versions import latest
from tests.forms import verb

WAY = {DRAFT: (), ASKED: ("ask",), BEGUN: ("ask", "begin"), APPROVED: ("ask", "begin", "approve"), CHANGES: ("ask", "begin", "request")}


def stand(version, where, writer, colleague):
    """Bring a version to a state."""
    for what in WAY[where]:
        act(version, what, writer if what == "ask" else colleague, "Mer om skyddet.")


def press_act(client, row, what, **more):
    """What the button on the review page sends."""
    newest = latest(row.kind, row.key)
    data = {"act": what, "remark": "Skriv kortare.", "version": newest.number if newest else 0}
    return client.post(verb(row, "granskning"), data | more)
