#!/usr/bin/env bash
# Every test, from nothing: bash tests/run.sh [--long] [pytest arguments]
#
# Makes its own virtual environment, installs what is missing (with apt only as root), checks
# the code's style, runs all tests on SQLite and those that use a database again, without the
# browser, on a PostgreSQL server that lives in a temporary folder as long as this script does.
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null

clone=$PWD
venv=$clone/.venv-test
cache=$clone/.cache
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CACHE_DIR=$cache/pip
export npm_config_cache=$cache/npm npm_config_update_notifier=false npm_config_fund=false
# The tests decide these themselves.
unset DATABASE_URL DATA_DIR SECRET_KEY PUBLIC_URL ALLOWED_HOSTS STATIC_ROOT DJANGO_SETTINGS_MODULE

say() { printf '\n== %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# What the machine must have.

postgres_folder() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$found" ] || found=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
    [ ! -x "$found/initdb" ] || echo "$found"
}

chromium_path() { command -v chromium || command -v chromium-browser || true; }

firefox_path() { command -v firefox-esr || command -v firefox || true; }

# Debian keeps it where only root looks.
nginx_path() { command -v nginx || echo /usr/sbin/nginx; }

has_pango() { python3 -c 'import sys; from ctypes.util import find_library as f; sys.exit(not f("pangoft2-1.0"))' 2>/dev/null; }

missing_packages() {
    has python3 || echo python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    [ -n "$(chromium_path)" ] || echo chromium fonts-liberation
    [ -n "$(firefox_path)" ] || echo firefox-esr
    [ -n "$(postgres_folder)" ] || echo postgresql
    [ -x "$(nginx_path)" ] || echo nginx libnginx-mod-http-brotli-static
    # A test pulls the cable to the database, which only root may lay.
    [ "$(id -u)" != 0 ] || has ip || echo iproute2
    has java || echo default-jre-headless
    has npm || echo npm
    has pdftotext || echo poppler-utils
    has_pango || echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation
}

install_missing() {
    local wanted
    wanted=$(missing_packages | xargs)
    [ -n "$wanted" ] || return 0
    if [ "$(id -u)" != 0 ] || ! has apt-get; then
        fail "These packages are missing and only root can install them: $wanted"
    fi
    say "Installing $wanted"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # a list of names
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
    wanted=$(missing_packages | xargs)
    [ -z "$wanted" ] || fail "Still missing after the installation: $wanted"
}

# Opens a window in a quarter of the time; not every system has it, and the tests do without.
install_shell() {
    has chromium-headless-shell && return
    [ "$(id -u)" = 0 ] && has apt-get || return 0
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null 2>&1 || true
}

install_python() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed."
    local stamp
    stamp=$(python3 -c 'import sys, pathlib, hashlib
print(sys.version, hashlib.sha256(pathlib.Path("pyproject.toml").read_bytes()).hexdigest())')
    [ "$(cat "$venv/stamp" 2>/dev/null)" != "$stamp" ] || return 0
    say "Installing the site and what its tests need into .venv-test"
    python3 -m venv --clear "$venv"
    # Dependency groups came with pip 25.1.
    "$venv/bin/pip" install -q --upgrade 'pip>=25.1'
    "$venv/bin/pip" install -q -e . --group test
    echo "$stamp" >"$venv/stamp"
}

install_html_checker() {
    export VNU_JAR=$cache/node_modules/vnu-jar/build/dist/vnu.jar
    [ ! -f "$VNU_JAR" ] || return 0
    say "Installing the Nu Html Checker into .cache"
    npm install --silent --no-save --no-package-lock --prefix "$cache" vnu-jar
    [ -f "$VNU_JAR" ] || fail "npm did not bring $VNU_JAR."
}

# A PostgreSQL server of our own, which refuses to run as root.

as_postgres() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    else
        (cd / && exec setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups --reset-env "$@")
    fi
}

start_postgres() {
    local bin port
    bin=$(postgres_folder)
    port=$("$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    owner=$(id -un)
    server=$(mktemp -d /tmp/avhoppare-pg.XXXXXX)
    if [ "$owner" = root ]; then
        owner=postgres
        id -u "$owner" >/dev/null 2>&1 || owner=nobody
        chown "$owner" "$server"
    fi
    as_postgres "$bin/initdb" -D "$server/data" -U avhoppare -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$server/initdb.log" \
        || fail "initdb failed: $(cat "$server/initdb.log")"
    as_postgres "$bin/pg_ctl" -D "$server/data" -l "$server/data/log" -w -t 60 -o "-p $port -k $server \
        -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null \
        || fail "PostgreSQL did not start: $(cat "$server/data/log")"
    postgres_url=postgres://avhoppare@127.0.0.1:$port/postgres
}

stop_postgres() {
    [ -n "${server:-}" ] || return 0
    if [ -f "$server/data/postmaster.pid" ]; then
        as_postgres "$(postgres_folder)/pg_ctl" -D "$server/data" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$server"
}

# The runs.

# run NAME COMMAND…: prints what pytest prints and keeps its closing line and exit code.
closing=() outcome=0
run() {
    local name=$1 code=0 log=$cache/pytest.log
    shift
    say "$name"
    "$@" 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
    closing+=("$name: $(grep -v '^$' "$log" | tail -n 1)")
    # 5: arguments chose no test that runs here.
    [ "$code" = 0 ] || { [ "$code" = 5 ] && [ -n "$chosen" ]; } || outcome=1
}

chosen="$*"
trap stop_postgres EXIT
trap 'exit 130' INT TERM
mkdir -p "$cache"
install_missing
install_shell
install_python
install_html_checker
CHROMIUM=$(chromium_path)
FIREFOX=$(firefox_path)
export CHROMIUM FIREFOX

say "Style"
"$venv/bin/ruff" check . || outcome=1
# Neighbours stay in one process until the other has nothing left: what they share is then made once.
# One process more than cores: while a test waits for a server, another has the core.
parallel=(--numprocesses $(($(nproc) < 4 ? $(nproc) + 1 : 4)) --dist worksteal)
run "SQLite" "$venv/bin/python" -m pytest "${parallel[@]}" "$@"
start_postgres
run "PostgreSQL" env DATABASE_URL="$postgres_url" "$venv/bin/python" -m pytest "${parallel[@]}" --database -m "not browser" \
    --ignore tests/test_dockerfile.py "$@"

echo
printf '%s\n' "${closing[@]}"
exit "$outcome"
