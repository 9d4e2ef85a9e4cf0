"""Random sequences of what several people do to the same documents, against a small model of what must then be public.

After every act: public bytes have changed only if the act, or the time that passed, could change them; every version
ever saved is as it was saved; and the edition shows just the versions that the model says are in force. At the end:
what was public at each earlier moment is what was public then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from guides.models import MODEL_OF, Version
from guides.publishing import masking, review
from guides.publishing.current import current, edition_with
from guides.publishing.drafts import put_aside
from guides.publishing.errors import PublishingError
from guides.publishing.in_force import read_material
from guides.publishing.mapping import to_document
from guides.publishing.release import RELEASE, cancel, check, release, withdraw
from guides.publishing.review import REVIEW
from guides.publishing.versions import latest, restore, save_version
from tests.factories import make_contact, make_page

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DOCUMENTS = [("page", "ett"), ("page", "tva"), ("contact", "numret")]
PATHS = ["/om/ett/", "/kontakt/nummer/numret/", "/nytt/atom.xml", "/sitemap.xml"]
WORDS = ["Ring {{kontakt:numret}}.", "En text.", "En annan text.", "Ännu en."]
documents = st.sampled_from(DOCUMENTS)
people = st.sampled_from(["editor", "publisher", "reviewer", "colleague"])
ACTS = ["ask", "begin", "approve", "request", "retract"]


@dataclass
class Put:
    """The model's release: what is shown from a moment, perhaps until another; None withdraws."""

    pair: tuple[str, str]
    start: datetime
    end: datetime | None
    version: int | None
    row: object
    cancelled: bool = False


class Publishing(RuleBasedStateMachine):
    """`users` are people by what they are; the database is rolled back after every sequence."""

    users: dict = {}

    def __init__(self):
        super().__init__()
        self.now = datetime(2026, 6, 1, 9, tzinfo=STOCKHOLM)
        self.clock = patch.object(timezone, "now", lambda: self.now)
        self.clock.start()
        self.database = transaction.atomic()
        self.database.__enter__()
        current.forget()
        make_page(key="ett", title="Ett", body=WORDS[0])
        make_page(key="tva", title="Två")
        make_contact(key="numret", title="Numret", recheck_class="B", number="+46855500100")
        for kind, key in DOCUMENTS:
            save_version(self.row(kind, key), None)
        self.puts: list[Put] = []
        self.masked: set[int] = set()
        self.approved: set[int] = set()
        self.versions: dict[int, tuple] = {}
        self.past: list[tuple[datetime, list]] = []
        self.bytes = self.read()
        self.excused = False
        self.ask_and_approve("reviewer", DOCUMENTS)

    def teardown(self):
        """What was public at every moment of the sequence is, at its end, what was public then."""
        try:
            assert [self.at(moment) for moment, _ in self.past] == [then for _, then in self.past]
        finally:
            transaction.set_rollback(True)
            self.database.__exit__(None, None, None)
            self.clock.stop()
            current.forget()

    def row(self, kind, key):
        return MODEL_OF[kind].objects.get(key=key)

    def read(self) -> dict[str, bytes]:
        """The public pages from an edition that was built just now."""
        current.forget()
        client = Client()
        return {path: client.get(path).content for path in PATHS}

    def at(self, moment) -> list:
        """What was public at a moment, by the database."""
        material = read_material(moment, 0)
        shown = [(x.document.kind, x.document.key, x.version, x.text) for x in material.released]
        return [shown, material.checks, [(n.at, n.text) for n in material.notes]]

    def forward(self, **how):
        """Move the clock, remember what was public until then, and note whether the model says that it then changes."""
        before, self.now = self.now, self.now + timedelta(**how)
        self.past.append((self.now - timedelta(microseconds=1), self.at(self.now - timedelta(microseconds=1))))
        edges = [edge for put in self.puts if not put.cancelled for edge in (put.start, put.end) if edge]
        another_day = before.astimezone(STOCKHOLM).date() != self.now.astimezone(STOCKHOLM).date()
        self.excused |= another_day or any(before < edge <= self.now for edge in edges)

    def attempt(self, who, act, needs_right=True):
        """Do it as `who`; what it returns, None when it is refused. Who lacks the right is always refused."""
        by = self.users[who]
        try:
            with transaction.atomic():
                done = act(by)
        except PublishingError:
            return None
        assert by.has_perm(RELEASE) or not needs_right
        return done

    def in_force(self, pair) -> Put | None:
        """By the model: the last to begin among those that have, the later made when two begin at once."""
        begun = [put for put in self.puts if put.pair == pair and put.start <= self.now and not put.cancelled]
        return max(begun, key=lambda put: (put.start, put.row.pk), default=None)

    # What people do.

    @rule(who=people, pair=documents, words=st.sampled_from(WORDS), title=st.sampled_from(["Rubrik", "Titel"]))
    def save(self, who, pair, words, title):
        self.forward(minutes=1)
        row = self.row(*pair)
        row.title = title
        if hasattr(row, "body"):
            row.body = words
        row.save()
        save_version(row, self.users[who])

    @rule(who=people, pair=documents)
    def keep_aside(self, who, pair):
        self.forward(minutes=1)
        row = self.row(*pair)
        row.title = "Vid sidan"
        put_aside(to_document(row), self.row(*pair), self.users[who])

    @rule(pair=documents)
    def preview(self, pair):
        self.forward(minutes=1)
        row = self.row(*pair)
        row.title = "Bara visad"
        edition_with(to_document(row))

    @rule(who=people, pair=documents, back=st.integers(0, 5))
    def restore_earlier(self, who, pair, back):
        self.forward(minutes=1)
        rows = Version.objects.filter(kind=pair[0], key=pair[1]).order_by("number")
        version = rows[back % len(rows)]
        self.attempt(who, lambda by: restore(version, self.row(*pair), by), needs_right=False)

    @rule(who=people, pair=documents, what=st.sampled_from(ACTS))
    def review(self, who, pair, what):
        self.forward(minutes=1)
        self.act(who, latest(*pair), what)

    @rule(who=people, chosen=st.sets(documents, min_size=1))
    def ask_and_approve(self, who, chosen):
        """What three random acts seldom come to: somebody asks, and `who` reads and approves."""
        self.forward(minutes=1)
        for pair in sorted(chosen):
            for by, what in (("editor", "ask"), (who, "begin"), (who, "approve")):
                self.act(by, latest(*pair), what)

    def act(self, who, version, what):
        """Nobody judges what they have written themselves; an approval is of that version alone."""
        writers = self.writers(version)
        done = self.attempt(who, lambda by: review.act(version, what, by, "Läs om."), needs_right=False)
        if done and what in ("begin", "approve", "request"):
            assert self.users[who].pk not in writers and self.users[who].has_perm(REVIEW)
        if done:
            self.approved = self.approved | {version.pk} if what == "approve" else self.approved - {version.pk}

    def writers(self, version) -> set:
        """Who has saved a version since the last that was released or is scheduled, up to this one."""
        rows = Version.objects.filter(kind=version.kind, key=version.key)
        numbers = dict(rows.values_list("pk", "number"))
        out = [numbers.get(put.version, 0) for put in self.puts if not put.cancelled]
        last = max((number for number in out if number < version.number), default=0)
        return set(rows.filter(number__gt=last, number__lte=version.number).values_list("saved_by", flat=True))

    @rule(who=people, chosen=st.sets(documents, min_size=1), minor=st.booleans())
    def release_now(self, who, chosen, minor):
        self.forward(minutes=1)
        versions = [latest(*pair) for pair in sorted(chosen)]
        done = self.attempt(who, lambda by: release(versions, by, note="Ändrat.", minor=minor))
        self.excused |= done is not None
        self.put(done, versions)

    @rule(who=people, pair=documents, hours=st.sampled_from([1, 3, 30]), lasts=st.sampled_from([None, 2, 40]))
    def schedule(self, who, pair, hours, lasts):
        self.forward(minutes=1)
        start = self.now + timedelta(hours=hours)
        end = start + timedelta(hours=lasts) if lasts else None
        version = latest(*pair)
        done = self.attempt(who, lambda by: release([version], by, start, end, note="Sedan."))
        self.put(done, [version])

    def put(self, done, versions):
        assert not done or {version.pk for version in versions} <= self.approved
        for row, version in zip(done or (), versions, strict=False):
            self.puts.append(Put((row.kind, row.key), row.effective_from, row.effective_to, version.pk, row))

    @rule(who=people)
    def release_in_the_past(self, who):
        self.forward(minutes=1)
        early = self.now - timedelta(minutes=1)
        assert self.attempt(who, lambda by: release([latest("page", "tva")], by, early)) is None

    @precondition(lambda self: self.puts)
    @rule(who=people, which=st.integers(0, 20))
    def take_back(self, who, which):
        self.forward(minutes=1)
        put = self.puts[which % len(self.puts)]
        done = self.attempt(who, lambda by: cancel(put.row, by, "Ångrat."))
        assert not (done and (put.start <= self.now or put.cancelled))
        put.cancelled |= done is not None

    @rule(who=people, pair=documents)
    def take_away(self, who, pair):
        self.forward(minutes=1)
        done = self.attempt(who, lambda by: withdraw(*pair, by, "Fel."))
        if done:
            self.puts.append(Put(pair, self.now, None, None, done))
            self.excused = True

    @rule(who=people, outcome=st.sampled_from(["reviewed", "answers", "silent", "hidden"]), pair=documents)
    def look(self, who, outcome, pair):
        self.forward(minutes=1)
        done = self.attempt(who, lambda by: check(*pair, outcome, by), needs_right=False)
        self.excused |= done is not None

    @precondition(lambda self: self.puts)
    @rule(who=people, which=st.integers(0, 20))
    def mask_or_lift(self, who, which):
        """Masking alone alters the past: what was remembered of it is dropped."""
        self.forward(minutes=1)
        pk = self.puts[which % len(self.puts)].version
        if pk is None:
            return
        version = Version.objects.get(pk=pk)
        same = set(Version.objects.filter(kind=version.kind, hash=version.hash).values_list("pk", flat=True))
        if pk in self.masked:
            done = self.attempt(who, lambda by: masking.lift(version, by))
            self.masked -= same if done else set()
        else:
            done = self.attempt(who, lambda by: masking.hide(version, by, "Ett namn."), needs_right=False)
            self.masked |= same if done else set()
        if done:
            self.past.clear()
            self.excused = True

    @rule(hours=st.sampled_from([1, 2, 5, 24 * 200]))
    def wait(self, hours):
        self.forward(hours=hours)

    # What must always be so.

    @invariant()
    def bytes_move_only_when_they_may(self):
        shown = self.read()
        if not self.excused:
            assert shown == self.bytes
        self.bytes, self.excused = shown, False

    @invariant()
    def no_version_is_altered_or_lost(self):
        rows = {row[0]: row for row in Version.objects.values_list("pk", "number", "text", "hash", "saved_by", "saved_at")}
        assert {pk: rows.get(pk) for pk in self.versions} == self.versions
        self.versions = rows

    @invariant()
    def edition_shows_what_the_model_says(self):
        edition = current.edition()
        for pair in DOCUMENTS:
            held = self.in_force(pair)
            over = held is None or held.version is None or held.version in self.masked
            over = over or (held.end is not None and held.end <= self.now)
            shown = edition.get(*pair)
            assert (shown is None) == over
            assert over or shown.dates.version == Version.objects.get(pk=held.version).number

    @invariant()
    def newest_version_is_the_working_copy(self):
        for pair in DOCUMENTS:
            assert to_document(self.row(*pair)).title == latest(*pair).text.split("title: ")[1].split("\n")[0]


@pytest.mark.parametrize("sequences", [10, pytest.param(200, marks=pytest.mark.long)])
def test_random_acts_of_several_people_keep_every_promise(db, django_user_model, editor, approver, reviewer, sequences):
    """Saving, asking, approving, releasing, scheduling, cancelling, withdrawing, restoring, checking, masking, and time that passes."""
    colleague = django_user_model.objects.create_superuser("colleague")
    Publishing.users = {"editor": editor, "publisher": approver, "reviewer": reviewer, "colleague": colleague}
    steps = 5 if sequences == 10 else 40
    how = settings(
        max_examples=sequences,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=sequences == 10,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Publishing, settings=how)
