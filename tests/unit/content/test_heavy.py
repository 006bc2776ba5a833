"""Words that point to harm or fear, and words that only look like it."""

from __future__ import annotations

import pytest

from nearer.content.heavy import is_heavy


@pytest.mark.parametrize(
    "words",
    [
        "Sometimes I want to die.", "I am afraid of you.", "He hit me once.", "They think I am better off dead",
        "last week i was cutting myself again", "My husband chokes me when he is drunk", "I don’t want to wake up",
        "She might hurt herself tonight", "he talks of killing himself", "I am afraid I could hit my child", "she wants to harm him", "I swear I’ll hit you",
        "One day I will kill him",
    ],
)  # fmt: skip
def test_it_is_seen(words: str) -> None:
    assert is_heavy(words)


@pytest.mark.parametrize(
    "words",
    [
        "I am afraid of the dark.", "I wanted to die of laughter.", "You should see it.", "I could kill for a coffee",
        "It hit me how late it was", "I cut myself some bread", "",
        "I never want to hurt my son", "He hurt himself on the swing", "We could beat them at chess",
        "I will beat you at chess", "I’ll never hit you", "I will hit you with a pillow",
    ],
)  # fmt: skip
def test_it_is_left_alone(words: str) -> None:
    assert not is_heavy(words)
