"""What people, and programs, put into fields: what no field takes, and what looks odd but is somebody's words."""

from __future__ import annotations

MEGABYTE = 1_000_000

NOTHING = {
    "empty": "",
    "spaces": "  \t \u2003 ",
    "invisible": "\u200b\u2060\u200d\ufeff",
}
CONTROL = {
    "null": "be\x00fore",
    "bell": "ri\x07ng",
    "escape": "\x1b[31mred",
    "next line": "one\x85two",
}
LONG = {
    "over-long": "a long day " * 900,
    "a megabyte": "m" * MEGABYTE,
    "a megabyte of emoji": "🧡" * (MEGABYTE // 4),
    "long, right to left": "שלום " * 500,
}
LINES = {"two lines": "one\ntwo", "two lines, as sent": "one\r\ntwo"}

# A person may well mean every one of these. They are kept and shown as they are, and do nothing.
ODD = {
    "hebrew": "הדרך הביתה",
    "arabic": "الطريق إلى البيت",
    "mixed": "the word שלום, then 123 مرحبا",
    "override": "safe \u202etxt.exe\u202c",
    "isolate, never closed": "open \u2067 ended",
    "family": "👩‍👩‍👧‍👦 at home",
    "flags and skin": "🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 👍🏾",
    "stacked marks": "Z̵̢̛a̴͝l̸g̷o̵",
    "wide": "ｆｕｌｌ",
    "astral": "𝓽𝓱𝓮 𐍈 𠜎",
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror='a()'>",
    "end of area": "</textarea><b>bold",
    "template": "{{ 7|add:7 }} {% now 'Y' %}",
    "database": "'; DROP TABLE x; --",
    "percent": "%s %(name)s %n %00 100%",
    "path": "../../etc/passwd",
    "formula": "=1+1",
    "entity": "&lt;b&gt; &amp; &#0;",
    "backslashes": "C:\\new\\table \\u0000",
    "json": '{"kind": "Leave"}',
    "not a word": "\ufffd \ufffe",
}
