"""The rooms of the house: imports point one way, and every file is small and named after what it holds."""

import ast
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
HOUSE = ROOT / "guides"
WIRES = {"templatetags", "management", "migrations", "checks", "apps"}
# Room -> what it may import of the house, its own besides; a longer name is a part of a room.
MAY_IMPORT = {
    "text": set(),
    "edition": {"text"},
    "models": {"text"},
    "publishing": {"text", "edition", "models"},
    "addresses": {"text", "edition"},
    "public": {"text", "edition", "addresses", "publishing.current", "publishing.inbox"},
    "admin": {"text", "edition", "models", "publishing", "addresses"},
}
# What is not ours, but would open a door to the database or the settings.
MAY_NOT_IMPORT = {
    "text": {"django"},
    "edition": {"django"},
    "addresses": {"django.db"},
    "public": {"django.db", "django.contrib.auth", "django.contrib.sessions", "django.apps"},
}
ONLY_IN_MARKUP = {"markdown", "bleach"}


def modules() -> list[Path]:
    return [path for path in sorted(HOUSE.rglob("*.py")) if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    """guides/public/views/law.py is guides.public.views.law."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> list[tuple[int, str, bool]]:
    """Every import of a module: line, dotted name of what is imported, and whether it stands inside a function."""
    found = []

    def walk(node: ast.AST, within: bool) -> None:
        for child in ast.iter_child_nodes(node):
            deeper = within or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            if isinstance(child, ast.Import):
                found.extend((child.lineno, alias.name, within) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = "." * child.level + (child.module or "")
                found.extend((child.lineno, f"{base}.{alias.name}", within) for alias in child.names)
            elif isinstance(child, ast.Call) and getattr(child.func, "attr", getattr(child.func, "id", "")) in (
                "import_module",
                "__import__",
                "get_model",
                "import_string",
            ):
                found.append((child.lineno, "importlib", within))
            walk(child, deeper)

    walk(ast.parse(path.read_text(encoding="utf-8")), False)
    return found


def room_of(dotted: str) -> str:
    """The room, or the file at the top of the house, that a name of ours lies in."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "guides" and len(parts) > 1 else ""


def begins(dotted: str, names: set[str]) -> bool:
    return any(dotted == name or dotted.startswith(f"{name}.") for name in names)


def trespasses(path: Path) -> list[str]:
    """The lines of a module that import what its room may not, each as file:line and what."""
    room = room_of(name_of(path))
    if room in WIRES:
        return []
    bad = []
    for line, target, within in imports(path):
        allowed = begins(target.removeprefix("guides."), MAY_IMPORT[room] | {room}) if room in MAY_IMPORT else True
        where = f"{path.relative_to(ROOT)}:{line} {target}"
        if target.startswith(".") or target == "importlib":
            bad.append(f"{where}: says not plainly what it imports")
        elif target.startswith("guides.") and not allowed or begins(target, MAY_NOT_IMPORT.get(room, set())):
            bad.append(where)
        elif within:
            bad.append(f"{where}: inside a function")
    return bad


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_room_imports_only_what_stands_to_its_left(path):
    """text <- edition <- models <- publishing <- public | admin; neither door knows the other."""
    assert trespasses(path) == []


def test_every_room_is_on_the_plan():
    """A new folder or file at the top of the house has to say what it may import."""
    found = {path.stem for path in HOUSE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert found - {"__init__"} == set(MAY_IMPORT) | WIRES


def test_public_half_reaches_neither_models_nor_database():
    """Nothing unreleased can leak: what the public half imports, directly or through others, but for the corridor."""
    seen, todo = set(), [p for p in modules() if room_of(name_of(p)) in ("public", "edition", "text", "addresses")]
    by_name = {name_of(path): path for path in modules()}
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        for line, target, _ in imports(path):
            assert not begins(target, {"guides.models", "django.db"}), f"{path}:{line} {target}"
            if begins(target, {"guides.publishing"}):
                continue
            todo += [by_name[name] for name in (target, target.rpartition(".")[0]) if name in by_name]


def test_nothing_imports_the_wires():
    """Template tags, commands, checks and the app's own file wire the rooms and are used by none of them."""
    names = {f"guides.{name}" for name in WIRES}
    for path in modules():
        if room_of(name_of(path)) not in WIRES:
            bad = [f"{path}:{line}" for line, target, _ in imports(path) if begins(target, names)]
            assert bad == []


def test_markdown_and_bleach_are_used_in_one_place():
    """What makes HTML of text can be exchanged in one file."""
    users = {name_of(p) for p in modules() for _, target, _ in imports(p) if begins(target, ONLY_IN_MARKUP)}
    assert users == {"guides.text.markup"}


def test_guides_come_last_among_the_models():
    """models/guides.py may import all the others; only questions.py and rules.py, about guides, stand after it."""
    for path in (HOUSE / "models").glob("*.py"):
        if path.stem not in ("__init__", "guides", "questions", "rules"):
            assert not [t for _, t, _ in imports(path) if begins(t, {"guides.models.guides"})], path


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "core", "misc"])
def test_no_module_is_called_by_a_word_that_says_nothing(word):
    """A file is named after its noun."""
    assert [p for p in ROOT.glob("*/**/*.py") if p.stem == word and ".venv" not in str(p)] == []


def code_files() -> list[Path]:
    own = ("guides", "avhoppare", "tests", "static", "templates")
    suffixes = {".py", ".css", ".js", ".html", ".sh"}
    found = [p for folder in own for p in (ROOT / folder).rglob("*") if p.suffix in suffixes]
    return [p for p in found if "migrations" not in p.parts]


def test_no_file_of_code_is_over_400_lines():
    """What does not fit is two things."""
    long = {str(p.relative_to(ROOT)): n for p in code_files() if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_every_package_is_installed_by_its_name():
    """pyproject.toml lists packages one by one; one that is missing would be missing on the server."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    present = [name_of(p) for top in ("avhoppare", "guides") for p in (ROOT / top).rglob("__init__.py")]
    assert sorted(listed) == sorted(present)


PLANTED = {
    "guides/public/views/law.py": "from guides.models import Statute\n",
    "guides/public/views/pages.py": "def f():\n    from guides.publishing.release import release\n",
    "guides/edition/build.py": "import django.utils.timezone\n",
    "guides/text/phone.py": "from guides.edition import records\n",
    "guides/models/guides.py": "from guides.publishing.versions import read\n",
    "guides/publishing/versions.py": "from guides.public import filling\n",
    "guides/admin/base.py": "from guides.public.filling import fill\n",
    "guides/public/filling.py": "from ..models import Step\n",
    "guides/public/finding.py": 'import importlib\n\nimportlib.import_module("guides.models")\n',
    "guides/public/urls.py": "from django.db import connection\n",
}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_import_is_found_with_its_line(name, tmp_path, monkeypatch):
    """Each kind of trespass is named by file and line, so that this file cannot go blind."""
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(PLANTED[name])
    (first, *_) = trespasses(path)
    assert first.startswith(f"{name}:")
