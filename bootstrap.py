"""Prepares this folder to run Nearer or its tests, on any machine that has a `python3` (3.8 or newer).

It finds a Python that Nearer can use, fetches `uv` when it is missing, and lets uv install exactly what
`uv.lock` names into `.venv`. For tests it also finds a Chromium and a PostgreSQL, or installs them.

    python3 bootstrap.py sync [--runtime]   ready .venv (--runtime: without the developers' tools)
    python3 bootstrap.py test [pytest …]    the suite on SQLite, then on a throw-away PostgreSQL
"""

import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.abspath(__file__))
WINDOWS = os.name == "nt"
BIN = "Scripts" if WINDOWS else "bin"
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, BIN, "python")
OWN_UV = os.path.join(ROOT, ".uv")
MARKER = os.path.join(VENV, "nearer-synced")

OLDEST = (3, 12)
PREFERRED = (3, 13)
OLDEST_UV = (0, 6)
# Side by side: each half as many as there are cores; whoever is done first takes over.
WORKERS = min(os.cpu_count() or 1, 4)
# A process in which a browser was driven can run nothing else that meets the database: two halves, at the same time.
HALVES = ("not browser", "browser")
NO_TESTS = 5  # what pytest answers when nothing was chosen, such as by the name of one file
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
# Programs that some tests drive, by any of their names, and the package that brings one.
DRIVEN = (
    (("firefox-esr", "firefox"), "firefox-esr"), (("WebKitWebDriver",), "webkit2gtk-driver"), (("Xvfb",), "xvfb"),
    (("nginx",), "nginx"), (("caddy",), "caddy"), (("age",), "age"), (("restic",), "restic"), (("rclone",), "rclone"),
)  # fmt: skip
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same without windows: half the work for the same pages. Where it is not to be had, the other one does.
SHELL = "chromium-headless-shell"
# What took longest is told at the end of each round.
SLOWEST = ("--durations=40", "--durations-min=1")

# Settings of the surrounding shell that would bend our own environments out of shape.
FOREIGN = (
    "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PIP_ROOT", "PIP_TARGET", "PIP_USER", "PYTHONHOME", "PYTHONPATH",
    "UV_NO_DEV", "UV_PROJECT", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON", "UV_SYSTEM_PYTHON", "VIRTUAL_ENV",
)  # fmt: skip
FOLDER_LISTS = ("PIP_FIND_LINKS", "UV_FIND_LINKS")


class Refused(Exception):
    """Preparation cannot go on; the message says what the person at the keyboard can do."""


def main(arguments):
    """Run one subcommand and return the exit code."""
    command, rest = (arguments or ["sync"])[0], arguments[1:]
    os.chdir(ROOT)
    clean_environment()
    try:
        if command == "sync" and rest in ([], ["--runtime"]):
            sync(with_tools=not rest)
            return 0
        if command == "test":
            return test(rest)
    except Refused as problem:
        say(str(problem))
        return 1
    say(__doc__)
    return 2


def say(text):
    """Print at once to standard error, so that it stays in order with what uv and apt print."""
    sys.stderr.write(text.rstrip() + "\n")
    sys.stderr.flush()


def clean_environment():
    """Drop inherited settings that would send packages elsewhere or name folders that are gone."""
    for name in FOREIGN:
        os.environ.pop(name, None)
    for name in FOLDER_LISTS:
        places = os.environ.get(name, "").replace(",", " ").split()
        if not all("://" in place or os.path.exists(place) for place in places):
            del os.environ[name]


def ask(*command):
    """Return what a command prints, stripped, or None when it fails or is not there."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=300, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None


def numbers(text):
    """Return the first dotted number in a text as a tuple: "uv 0.9.1 (x)" gives (0, 9, 1)."""
    for word in (text or "").split():
        parts = word.split(".")
        if len(parts) > 1 and parts[0].isdigit() and parts[1].isdigit():
            return tuple(int(part) for part in parts if part.isdigit())
    return ()


# --- Python and uv ---------------------------------------------------------------------------------


def find_python():
    """Return the path of the best Python that Nearer can use, or None when there is none."""
    found = {}
    for candidate in python_candidates():
        answer = ask(candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)")
        version, _, path = (answer or "").partition(" ")
        if numbers(version) == PREFERRED:
            return path
        if numbers(version) >= OLDEST:
            found.setdefault(numbers(version), path)
    # Nearest above the oldest: a brand-new Python may not have wheels for everything yet.
    return found[min(found)] if found else None


def python_candidates():
    """Yield interpreters worth asking, the preferred version first."""
    names = ["python3.13", "python3.14", "python3.12", "python3", "python"]
    home = os.path.expanduser("~")
    pyenv = os.environ.get("PYENV_ROOT") or os.path.join(home, ".pyenv")
    uv_own = os.environ.get("UV_PYTHON_INSTALL_DIR") or os.path.join(home, ".local", "share", "uv", "python")
    folders = sorted(glob.glob(os.path.join(pyenv, "versions", "3.1[2-9]*", "bin")), reverse=True)
    folders += sorted(glob.glob(os.path.join(uv_own, "*3.1[2-9]*", "bin")), reverse=True)
    for candidate in [shutil.which(names[0]), *(os.path.join(folder, names[0]) for folder in folders)]:
        if candidate and os.path.exists(candidate):
            yield candidate
    yield sys.executable
    for candidate in [shutil.which(name) for name in names[1:]]:
        if candidate:
            yield candidate
    for folder in folders:
        yield os.path.join(folder, "python3")


def find_uv(python):
    """Return the path of a uv that reads our lock file, fetched into `.uv` when none is installed."""
    own = os.path.join(OWN_UV, BIN, "uv.exe" if WINDOWS else "uv")
    for candidate in (shutil.which("uv"), own):
        if candidate and numbers(ask(candidate, "--version")) >= OLDEST_UV:
            return candidate
    say("Fetching uv into .uv …")
    for interpreter in dict.fromkeys((python, sys.executable)):
        if interpreter and fetch_uv(interpreter) and ask(own, "--version"):
            return own
    raise Refused(
        "uv could not be fetched: this needs a Python with venv or pip, and the network. "
        "Install the package python3-venv, or uv itself (https://docs.astral.sh/uv/), then run this again."
    )


def fetch_uv(python):
    """Install uv from PyPI into `.uv` with this interpreter; say whether it worked."""
    shutil.rmtree(OWN_UV, ignore_errors=True)
    if ask(python, "-m", "venv", OWN_UV) is not None:
        pip = [os.path.join(OWN_UV, BIN, "python"), "-m", "pip", "install", "--quiet"]
    elif ask(python, "-m", "pip", "--version") is not None:
        # Debian ships Python without venv; pip can fill a plain folder instead.
        shutil.rmtree(OWN_UV, ignore_errors=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--target", OWN_UV]
    else:
        return False
    pip += ["--disable-pip-version-check", "uv>={}.{}".format(*OLDEST_UV)]
    # A second try without anybody's pip.conf, which may name package folders that no longer exist.
    plain = dict(os.environ, PIP_CONFIG_FILE=os.devnull)
    return any(subprocess.run(pip, env=env, check=False).returncode == 0 for env in (os.environ, plain))


# --- .venv -----------------------------------------------------------------------------------------


def sync(with_tools):
    """Make `.venv` hold exactly what the lock file names; return at once when it already does.

    Args:
        with_tools: also what developing and testing need.
    """
    if is_synced(with_tools):
        return
    python = find_python()
    if synced_root() not in (None, ROOT):
        # The folder was moved or copied: the scripts in .venv still name the old place.
        shutil.rmtree(VENV)
    uv = find_uv(python)
    command = [uv, "sync", "--frozen", "--quiet", "--python", python or "{}.{}".format(*PREFERRED)]
    command += [] if with_tools else ["--no-dev", "--inexact"]
    say("Installing what uv.lock names into .venv …")
    if subprocess.run(command, check=False).returncode != 0:
        raise Refused(
            "uv could not fill .venv; its own words are above. With the network back, run this again."
        )
    with open(MARKER, "w", encoding="utf-8") as file:
        file.write("\n".join((ROOT, "tools" if with_tools else "runtime", fingerprint())))


def is_synced(with_tools):
    """Say whether `.venv` is up to date; one with the tools serves those who need none, too."""
    marker = read_marker()
    kinds = ("tools",) if with_tools else ("tools", "runtime")
    return marker[:1] == [ROOT] and marker[1] in kinds and marker[2] == fingerprint()


def synced_root():
    """Return the project folder that `.venv` was filled for, or None when that is not known."""
    return (read_marker() or [None])[0]


def read_marker():
    """Return the lines the last sync left behind."""
    try:
        with open(MARKER, encoding="utf-8") as file:
            return file.read().split("\n")
    except OSError:
        return []


def fingerprint():
    """Return a hash of what `.venv` is made from: the lock, the project file and its interpreter."""
    whole = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            whole.update(file.read())
    whole.update((ask(VENV_PYTHON, "-c", "import sys; print(sys.version)") or "none").encode())
    return whole.hexdigest()


# --- tests -----------------------------------------------------------------------------------------


def test(arguments):
    """Run the whole suite on SQLite, and what meets a database on PostgreSQL; report all of it together.

    Args:
        arguments: passed on to pytest.

    Returns:
        The exit code of the first run that failed, else 0. What is red in one run keeps no other from running.
    """
    sync(with_tools=True)
    need_chromium()
    first_on_path((SHELL,)) or apt_install(SHELL)
    missing = want_driven()
    postgres = find_postgres()
    with ThreadPoolExecutor(len(HALVES)) as pool:
        halves = pool.map(lambda part: [run_round(db, part, postgres, arguments) for db in DATABASES], HALVES)
    ended = [each for half in halves for each in half]
    say("")
    for database, part, code, counts, _ in ended:
        say("{}, {}: {}".format(DATABASES[database], part, told(code, counts)))
    for database, part, _, _, red in ended:
        for line in red:
            say("{}, {}, red: {}".format(DATABASES[database], part, line))
    for package in missing:
        say("Without {}: the tests that need it were skipped.".format(package))
    whole = [
        sum(counts.get(word, 0) for _, _, _, counts, _ in ended) for word in ("passed", "failed", "error")
    ]
    print("{} passed, {} failed".format(whole[0], whole[1] + whole[2]), flush=True)
    return next((code for _, _, code, _, _ in ended if code not in (0, NO_TESTS)), 0)


def run_round(database, part, postgres, arguments):
    """Run one half of the suite on one database; return both, pytest's exit code, its counts by word and what is red."""
    handle, counted = tempfile.mkstemp(prefix="nearer-counts-")
    os.close(handle)
    env = dict(
        os.environ, NEARER_TEST_DATABASE=database, NEARER_TEST_POSTGRES=postgres, NEARER_TEST_COUNTS=counted
    )
    command = [VENV_PYTHON, "-m", "pytest", *side_by_side(database, part), *SLOWEST, "-m", part]
    title = "\nThe suite on {}: {}".format(DATABASES[database], part)
    if part == HALVES[0]:
        say(title)
        code = subprocess.run(command + arguments, env=env, check=False).returncode
    else:
        # Printed as it ends: not between the lines of the first half.
        with tempfile.TemporaryFile() as printed:
            streams = {"stdout": printed, "stderr": subprocess.STDOUT}
            code = subprocess.run(command + arguments, env=env, check=False, **streams).returncode
            printed.seek(0)
            say(title + "\n" + printed.read().decode("utf-8", "replace"))
    with open(counted, encoding="utf-8") as file:
        found = json.loads(file.read() or "{}")
    os.unlink(counted)
    return database, part, code, found.get("counts", {}), found.get("red", [])


def side_by_side(database, part):
    """Return how pytest shares a half of the suite out among processes."""
    if (database, part) == ("postgres", "browser"):
        return ()  # one test alone drives a browser against PostgreSQL
    return ("-n", str(WORKERS + (part == HALVES[0])), "--dist", "worksteal")


def told(code, counts):
    """Return what came of a run as words; one that stopped before its end says so."""
    if code == NO_TESTS:
        return "nothing to run"
    words = ", ".join("{} {}".format(number, word) for word, number in counts.items())
    done = code in (0, 1) and words
    return words if done else "{} (stopped with code {})".format(words or "nothing counted", code)


def need_chromium():
    """See to it that the browser tests find a Chromium."""
    if first_on_path(CHROMIUMS) or playwright_chromium():
        return
    if apt_install("chromium") and first_on_path(CHROMIUMS):
        return
    say("Fetching Chromium …")
    subprocess.run([VENV_PYTHON, "-m", "playwright", "install", "chromium"], check=False)
    if not playwright_chromium():
        raise Refused("The browser tests need Chromium: install the package chromium, then run this again.")


def want_driven():
    """Install what else tests drive where we may; return the packages that are missing still."""
    missing = [
        package
        for names, package in DRIVEN
        if not first_on_path(names) and not (apt_install(package) and first_on_path(names))
    ]
    for package in missing:
        say("{} is not here: the tests that need it are skipped.".format(package))
    return missing


def playwright_chromium():
    """Return the path of the Chromium that Playwright has fetched, or None."""
    script = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    path = ask(VENV_PYTHON, "-c", script)
    return path if path and os.path.exists(path) else None


def find_postgres():
    """Return the folder of PostgreSQL's programs, installed when there are none."""
    found = postgres_folder()
    if not found and apt_install("postgresql"):
        found = postgres_folder()
    if not found:
        raise Refused(
            "Half of the tests need PostgreSQL: install the package postgresql, then run this again."
        )
    return found


def postgres_folder():
    """Return the newest folder that holds both `initdb` and `postgres`, or None."""
    on_path = shutil.which("initdb")
    places = [os.environ.get("NEARER_TEST_POSTGRES", "")]
    places += [os.path.dirname(os.path.realpath(on_path))] if on_path else []
    places += sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=numbers_in, reverse=True)
    places += glob.glob("/opt/homebrew/opt/postgresql*/bin") + glob.glob("/usr/pgsql-*/bin")
    for place in places:
        if all(os.path.exists(os.path.join(place, name)) for name in ("initdb", "postgres")):
            return place
    return None


def numbers_in(path):
    """Return the digits in a path as a number, for sorting versions."""
    return int("".join(letter for letter in path if letter.isdigit()) or 0)


def first_on_path(names):
    """Return the path of the first of these programs that is installed, or None."""
    return next((path for path in map(shutil.which, names) if path), None)


def apt_install(package):
    """Install a Debian package when we may; say whether that worked."""
    apt = shutil.which("apt-get")
    if not apt or WINDOWS or os.geteuid() != 0:
        return False
    say("Installing {} …".format(package))
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    # A failed update is no reason to stop: the lists that are there may do.
    for step in (["update"], ["install", "--yes", "--no-remove", "--no-install-recommends", package]):
        code = subprocess.run([apt, "-qq", *step], env=env, stdout=subprocess.DEVNULL, check=False).returncode
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
