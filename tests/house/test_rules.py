"""What no page, script or table of the house may hold, whichever feature comes next."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from tests.coverage_of_mission import RULES, shown, wanted
from tests.house import wording
from tests.house.tree import ROOT, files, name, report

# Words by which a page speaks of conflict or jealousy.
CONFLICT = re.compile(
    r"\b(?:something hard|quarrel|fight|fought|conflict|disagree|argument|jealous|anger|angry)\w*",
    re.IGNORECASE,
)
HELP = re.compile(r'href="/help"|url "web:help"')
# Texts in which the word is no invitation to have one out.
ONLY_NAMED = {
    "nearer/web/templates/web/help.html",  # it is the help
    "nearer/practices/listening/templates/listening/stages/validate.html",
}
WHERE_AND_WHEN = re.compile(
    r"geolocation|resolvedOptions|getTimezoneOffset|timeZone\b|navigator\.(?:userAgent|language|connection)|"
    r"battery|DeviceMotion|enumerateDevices|canvas"
)
READERS_ZONE = "Intl.DateTimeFormat().resolvedOptions().timeZone"
"""What one script asks, so that days and hours are the reader's own: it stays in their browser's cookie, and is stored nowhere."""
ALONE = re.compile(r'{% include "([^"]+)"[^%]* only %}')
"""What is included with nothing of what is around it, the token of a form among that."""
COLUMN_OF_PLACE = re.compile(
    r"(?:^|_)(?:ip|addr(?:ess)?|city|country|region|lat|lon|geo|location|timezone|zone|agent|host|last_login|"
    r"last_seen|seen|opened_at|read_at|phone|e?mail)(?:_|$)"
)


def test_every_rule_has_a_test() -> None:
    assert set(wanted(RULES)) - set(shown(RULES)) == set()


@pytest.mark.rule("R16")
def test_where_conflict_is_spoken_of_help_stands_on_the_same_page() -> None:
    found = []
    for path in files(".html", under="nearer"):
        text = path.read_text(encoding="utf-8")
        spoken = [said for said in wording.translated(text) if CONFLICT.search(said)]
        if spoken and not HELP.search(text) and name(path) not in ONLY_NAMED:
            found += [f"{name(path)}: {said}" for said in spoken]

    assert not found, report(found)


@pytest.mark.rule("R2")
def test_no_script_asks_where_somebody_is_or_what_they_hold() -> None:
    found = [
        f"{name(path)}: {hit[0]}"
        for path in files(".js", under="nearer")
        if (hit := WHERE_AND_WHEN.search(path.read_text(encoding="utf-8").replace(READERS_ZONE, "")))
    ]

    assert not found, report(found)


@pytest.mark.rule("R2", "R3", "R15")
def test_no_column_is_for_a_place_a_time_of_looking_or_another_way_to_reach_somebody() -> None:
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if COLUMN_OF_PLACE.search(field.name)
    }

    assert columns == set()


@pytest.mark.rule("R2", "R3")
def test_one_file_alone_looks_at_the_address_of_a_connection() -> None:
    """It counts guesses in memory, under a key that lives a day at most."""
    using = {
        name(path)
        for path in files(".py", under="nearer")
        if re.search(r"REMOTE_ADDR|X_FORWARDED_FOR|\bclient_ip\b", path.read_text(encoding="utf-8"))
    }

    assert using <= {"nearer/accounts/slowing/limits.py", "nearer/server/environ.py"}, using
    assert "secrets.token_bytes" in (ROOT / "nearer/accounts/slowing/limits.py").read_text(encoding="utf-8")


def test_a_form_that_is_included_alone_is_given_the_token_without_which_nothing_is_sent() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in files(".html", under="nearer")}
    with_forms = {
        name(path).partition("/templates/")[2] for path, text in texts.items() if "{% csrf_token %}" in text
    }
    found = [
        f"{name(path)}: {hit[0]}"
        for path, text in texts.items()
        for hit in ALONE.finditer(text)
        if hit[1] in with_forms and "csrf_token=csrf_token" not in hit[0]
    ]

    assert with_forms
    assert not found, report(found)
