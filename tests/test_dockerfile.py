"""The Dockerfile, read and followed without Docker: its RUN steps work in a plain copy of the clone."""

import json
import os
import re
import shlex
import subprocess

import pytest
import yaml

from tests.serving import CLONE, copied, free_port, served

TEXT = re.sub(r"\\\n", " ", (CLONE / "Dockerfile").read_text())
LINES = [line for line in TEXT.splitlines() if line and not line.startswith("#")]


def values(instruction):
    """What follows each of an instruction's keywords, in order."""
    return [line.split(None, 1)[1] for line in LINES if line.split()[0] == instruction]


def image_environment():
    return dict(pair.split("=", 1) for line in values("ENV") for pair in shlex.split(line))


def own_steps():
    """The RUN steps that are ours; the other one brings the system's packages."""
    return [step for step in values("RUN") if not step.startswith("apt-get update")]


def health_check():
    command = values("HEALTHCHECK")[0].split(" CMD ", 1)[1]
    return json.loads(command)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """A copy of the clone in which every RUN step has been carried out; /app is that copy."""
    app = copied(tmp_path_factory.mktemp("image") / "app", content=False)
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATA", "STATIC"))}
    for step in own_steps():
        done = subprocess.run(["sh", "-ec", step], cwd=app, env=outside, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, f"{step}\n{done.stdout}{done.stderr}"
    return app


def test_dockerfile_has_two_stages_of_the_same_base():
    """The environment that was built in the first stage runs in the second, on the same Python."""
    bases = [line.split()[0] for line in values("FROM")]
    assert len(bases) == 2 and len(set(bases)) == 1 and "-slim" in bases[0]


def test_dockerfile_does_not_run_as_root():
    """The last user named is a number above those of the system, which no base image has to know."""
    assert re.fullmatch(r"[1-9]\d{4,}:\d+", values("USER")[-1])


def test_dockerfile_gives_the_user_what_the_site_writes():
    """The folders for data, static files and backups belong to that user; a volume on a folder that is not there is root's."""
    owned = {line.split()[-1] for line in values("COPY") if f"--chown={values('USER')[-1]}" in line}
    services = yaml.safe_load((CLONE / "compose.yaml").read_text())["services"].values()
    mounted = {volume.split(":")[1] for service in services if "build" in service for volume in service["volumes"]}
    assert owned == mounted | {image_environment()["DATA_DIR"], image_environment()["STATIC_ROOT"]}


def test_dockerfile_run_steps_stay_in_their_folder():
    """No RUN step of ours needs Docker, apt or a place outside the clone and /tmp."""
    places = [word for step in own_steps() for word in re.findall(r"(?<![\w.])/[\w./-]+", step)]
    assert [place for place in places if not place.startswith("/tmp/")] == []


def test_dockerfile_brings_what_handbooks_need():
    """One step with the system's packages, those that the check asks for, and no list of packages left behind."""
    (step,) = [step for step in values("RUN") if step not in own_steps()]
    update, install, clean = step.split(" && ")
    wanted = re.search(r"apt-get install (.+)\.\"", (CLONE / "guides" / "checks.py").read_text()).group(1)
    assert install == f"apt-get install -y --no-install-recommends {wanted}"
    assert clean == "rm -rf /var/lib/apt/lists/*"


def test_dockerignore_keeps_the_workshop_out():
    """Neither history, tests nor what tools leave behind goes into the image."""
    ignored = (CLONE / ".dockerignore").read_text().split()
    assert {".git", ".venv*", ".cache", "var", "tests"} <= set(ignored)


def test_dockerfile_run_steps_leave_no_secret_in_the_image(image):
    """The data folder that the image carries is empty: each site makes a secret key of its own."""
    assert list((image / "data").iterdir()) == []


def test_dockerfile_run_steps_collect_the_static_files(image):
    """After the RUN steps the static files lie collected, under names by content, with their manifest."""
    manifest = json.loads((image / "collected" / "staticfiles.json").read_text())
    assert (image / "collected" / manifest["paths"]["js/main.js"]).is_file()


def test_dockerfile_command_serves_a_healthy_site(image, tmp_path):
    """The image's command serves the site from its own environment, and the health check calls it healthy."""
    python, *command = json.loads(values("CMD")[-1])
    assert command[:2] == ["manage.py", "up"]
    environment = {"STATIC_ROOT": str(image / "collected"), "PUBLIC_URL": "https://avhoppare.example"}
    with served(tmp_path, clone=image, python=image / python, **environment) as site:
        _, *check = health_check()
        check[-1] = check[-1].replace("http://127.0.0.1:8000", site.origin)
        done = subprocess.run([image / python, *check], cwd=image, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_dockerfile_health_check_notices_a_site_that_is_away(image):
    """Where nothing answers, the health check fails."""
    program, *check = health_check()
    check[-1] = check[-1].replace("127.0.0.1:8000", f"127.0.0.1:{free_port()}")
    assert subprocess.run([image / program, *check], cwd=image, capture_output=True, timeout=60).returncode != 0
