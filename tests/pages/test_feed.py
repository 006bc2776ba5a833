"""The feed by a validator's rules (RFC 4287), with ids that last, and not sent again to who has it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from nearer.library.models import Article, Version
from nearer.testing.library import DAY, make_article, make_document

pytestmark = pytest.mark.django_db

A = "{http://www.w3.org/2005/Atom}"
LASTING = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def feed(**headers: str) -> ET.Element:
    answer = Client().get("/library/feed", headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def one(element: ET.Element, name: str) -> str:
    found = element.findall(f"{A}{name}")
    assert len(found) == 1, f"exactly one {name}"
    text = found[0].text or ""
    assert text.strip(), f"{name} says something"
    return text


def test_every_rule_of_the_format_holds() -> None:
    make_article(title="A & B <i>", summary="Less < more & so on.")
    make_article("second")
    root = feed()

    assert root.tag == f"{A}feed"
    entries, ids = root.findall(f"{A}entry"), []
    assert len(entries) == 2
    for element in (root, *entries):
        assert one(element, "title")
        ids.append(one(element, "id"))
        updated = datetime.fromisoformat(one(element, "updated"))
        assert updated.tzinfo is not None
    for entry in entries:
        assert datetime.fromisoformat(one(entry, "published")) <= datetime.fromisoformat(
            one(entry, "updated")
        )
        assert entry.findtext(f"{A}author/{A}name")
        assert all(each.attrib["term"] for each in entry.findall(f"{A}category"))
        (link,) = [each for each in entry.findall(f"{A}link") if each.attrib["rel"] == "alternate"]
        assert link.attrib["href"].startswith(f"{settings.CONFIG.url}/library/")
        summary = entry.find(f"{A}summary")
        assert summary is not None
        assert summary.attrib["type"] == "html"
        assert "<" not in (summary.text or "")
    assert len(set(ids)) == len(ids)
    assert all(LASTING.fullmatch(each) for each in ids)
    ours = [each.attrib["href"] for each in root.findall(f"{A}link") if each.attrib.get("rel") == "self"]
    assert ours == [f"{settings.CONFIG.url}/library/feed"]


def test_ids_and_addresses_do_not_follow_the_request() -> None:
    make_article()

    assert ET.tostring(feed(host="localhost")) == ET.tostring(feed(host="127.0.0.1:8000"))


def test_whoever_has_it_is_told_so_until_something_changes() -> None:
    article = make_article()
    first = Client().get("/library/feed")
    etag = first["ETag"]

    again = Client().get("/library/feed", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == etag

    newer = Version.objects.create(
        article=article,
        number=2,
        state="published",
        on=DAY.replace(day=DAY.day + 1),
        document=make_document().plain(),
    )
    Article.objects.filter(pk=article.pk).update(live=newer)
    changed = Client().get("/library/feed", headers={"if-none-match": etag})
    assert changed.status_code == 200
    entry = ET.fromstring(changed.content).find(f"{A}entry")
    assert entry is not None
    assert one(entry, "updated").startswith(newer.on.isoformat())
    assert one(entry, "id") == article.pk.urn


def test_whoever_has_it_by_date_is_told_so_once_its_day_is_over() -> None:
    article = make_article()
    before = timezone.now().astimezone(UTC).date() - timedelta(days=3)
    Article.objects.filter(pk=article.pk).update(published_on=before)
    Version.objects.filter(article=article).update(on=before)
    first = Client().get("/library/feed")

    again = Client().get("/library/feed", headers={"if-modified-since": first["Last-Modified"]})
    weak = Client().get("/library/feed", headers={"if-none-match": f"W/{first['ETag']}"})

    assert [again.status_code, weak.status_code] == [304, 304]
    Version.objects.filter(article=article).update(on=before + timedelta(days=3))
    today = Client().get(
        "/library/feed", headers={"if-modified-since": http_date(timezone.now().timestamp())}
    )
    assert today.status_code == 200
    assert "Last-Modified" not in today


def test_a_library_with_nothing_in_it_is_a_feed_as_well() -> None:
    assert one(feed(), "updated")
