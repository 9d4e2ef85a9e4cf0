"""A page as its reader has it: links, ids and words; and one address of every type of page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from guides.text.choices import LANGUAGES

GUIDE = "/guider/nar-nagon-vill-hoppa-av/"
STEP = f"{GUIDE}bedom-skyddet-nu/"
STATUTE = "/lag/2025:400/"
# In the order of a visit. The steps are those with the most of everything, children's situations included.
PAGE_TYPES = {
    "home": "/",
    "first hour": "/forsta-timmen/",
    "plan questions": "/handlingsplan/",
    "guide list": "/guider/",
    "guide": GUIDE,
    "step": STEP,
    "first step": f"{GUIDE}forbered-kommunen/",
    # The longest of them is among all addresses, which the long campaign looks at.
    "guide print": "/guider/barn-och-unga/utskrift/",
    "matrix": "/ansvar/",
    "actor": "/ansvar/socialtjansten/",
    "statute list": "/lag/",
    "statute": STATUTE,
    "repealed statute": "/lag/2001:453/",
    "other instrument": "/lag/eu-2016-679/",
    "grant list": "/finansiering/",
    "grant": "/finansiering/polisen-avhoppararenden/",
    "contact list": "/kontakt/",
    "contact": "/kontakt/nummer/polisen-11414/",
    "contact without number": "/kontakt/nummer/cve-stodtelefon/",
    "municipality": "/kontakt/malmo/",
    "municipality without number": "/kontakt/horby/",
    "county": "/kontakt/lan/skane/",
    "question list": "/fragor/",
    "question": "/fragor/skyddat-boende-for-en-17-aring/",
    "example": "/exempel/17-aringen-fredag-eftermiddag/",
    "example list": "/exempel/",
    "template list": "/mallar/",
    "template": "/mallar/beslutslogg/",
    "search": "/sok/",
    "search results": "/sok/?q=hotbild",
    "old and new act": "/lag/gamla-och-nya-sol/",
    "glossary": "/ordlista/",
    "news": "/nytt/",
    "about": "/om/webbplatsen/",
    "about with a list": "/om/underlaget/",
    "leave": "/hoppa-av/",
    "leave from right to left": "/hoppa-av/ar/",
    "relative": "/anhorig/",
    "safer": "/sakrare/",
    "discreet": "/k/",
    "poster": "/affisch/",
    "poster of a municipality": "/affisch/osteraker/",
    "accessibility": "/om/tillganglighet/",
}
# What somebody under threat may have on the screen.
PERSON_PAGES = (
    "/hoppa-av/",
    "/hoppa-av/ar/",
    "/anhorig/",
    "/k/",
    "/kontakt/",
    "/kontakt/horby/",
    "/kontakt/malmo/",
    "/kontakt/nummer/polisen-11414/",
    "/sakrare/",
)
TRANSLATED = tuple(f"/{page}/{code}/" for page in ("hoppa-av", "anhorig") for code in LANGUAGES if code != "sv")
ERROR_PAGES = {"not found": "/finns/inte/", "gone": "/om/borttagen/"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(eq=False, repr=False)
class Page(HTMLParser):
    """`links` are absolute on this site (path and fragment) or elsewhere, `ids` every id, `main` the words of <main>.

    `labels` are the words of each <label>, `tasks` those of each link to a task of a step.
    """

    address: str
    html: str
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    main: str = ""
    labels: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)

    def __repr__(self):
        return f"<Page {self.address}>"

    def __post_init__(self):
        super().__init__()
        self._open: list[str] = []
        self._in_task = False
        self.feed(self.html)
        self.main = " ".join(self.main.split())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        if tag == "label":
            self.labels.append("")
        if "#uppgift-" in (attrs.get("href") or ""):
            self.tasks.append("")
        self._in_task = "#uppgift-" in (attrs.get("href") or "") if tag == "a" else self._in_task
        if attrs.get("id"):
            self.ids.append(attrs["id"])
        for name in ("href", "src"):
            if attrs.get(name):
                self.links.append(urljoin(self.address, attrs[name]))

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if "main" in self._open:
            self.main += f" {data}"
        if "label" in self._open:
            self.labels[-1] += data
        if "a" in self._open and self._in_task:
            self.tasks[-1] += data

    @property
    def internal(self) -> list[tuple[str, str]]:
        """(path, fragment) of every link to this site."""
        inside = [link for link in self.links if not urlsplit(link).scheme and not link.startswith("//")]
        return [tuple(urldefrag(link)) for link in inside]


def read(client, address: str) -> Page:
    """A page by Django's test client."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return Page(address, response.content.decode())
