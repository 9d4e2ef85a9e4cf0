"""Two real `manage.py tick` at once on one database: each mail goes once, and each page is asked for once."""

import subprocess
import sys
import threading

from tests.serving import CLONE, environment, eventually, in_shell, manage
from tests.web import serving


def test_two_processes_send_each_mail_and_ask_each_page_once(post, tmp_path, database):
    """The one waits for the post while the other goes on to the links, and there both wait for a page."""
    post.gate, pages = threading.Event(), threading.Event()
    with serving() as one, serving("127.0.0.2") as two:
        links = [one.url("/a"), two.url("/b", "127.0.0.2")]
        for web, path in ((one, "/a"), (two, "/b")):
            web.pages[path] = (200, {}, [pages, b"x"])
        assert manage(tmp_path, "migrate", "-v0", **database).returncode == 0
        in_shell(
            tmp_path,
            "from tests.factories import make_page, published\n"
            "from guides.models import Mailbox\n"
            "Mailbox.objects.create(function='Redaktionen', address='red@example.se')\n"
            f"for link in {links}: published(make_page(review_every=1, body=f'Läs [sidan]({{link}}).'))\n",
            **database,
        )
        more = {"EMAIL_URL": f"smtp://127.0.0.1:{post.port}", "LINK_CHECKS": "1", "LINKS_MAY_REACH": "127.0.0.0/8"}
        place = environment(tmp_path, **database | more)
        command = [sys.executable, str(CLONE / "manage.py"), "tick"]
        both = [subprocess.Popen(command, env=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
        try:
            eventually(lambda: one.asked or two.asked, 120)
            post.gate.set()
            eventually(lambda: one.asked and two.asked, 120)
        finally:
            post.gate.set()
            pages.set()
            said = [process.communicate(timeout=300)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert [(to, message["Subject"]) for to, message in post.mails] == [("red@example.se", "2 texter ska granskas")]
    assert (one.paths(), two.paths()) == (["/a"], ["/b"])
