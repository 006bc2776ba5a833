"""How hard a text is to read, and how long it takes. PURE.

The grade is Flesch and Kincaid's (Kincaid, Fishburne, Rogers and Chissom, 1975, Derivation of new readability
formulas for Navy enlisted personnel): 0.39 words a sentence + 11.8 syllables a word - 15.59. Syllables are
counted by groups of vowels, which is right for most English words and off by one for some.
"""

import re

WORDS_A_MINUTE = 220
GRADE_AT_MOST = 7.0

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SENTENCE_END = re.compile(r"[.?!:;…]+[\"”’)]*\s+|\n{2,}")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]|[aeiouy]l)e$|[^aeiouytd]ed$|[^aeiouycghsxz]es$")


def words_in(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has, at least one."""
    plain = re.sub(r"['’].*$", "", word.lower())
    groups = len(_VOWELS.findall(plain))
    return max(1, groups - bool(_SILENT.search(plain) and groups > 1))


def grade(text: str) -> float:
    """Return the school grade in which a text can be read; 0.0 for a text without words.

    Args:
        text: plain text, paragraphs apart by an empty line.
    """
    sentences = [words for part in _SENTENCE_END.split(text) if (words := words_in(part))]
    count = sum(len(words) for words in sentences)
    if not count:
        return 0.0
    spoken = sum(syllables(word) for words in sentences for word in words)
    return 0.39 * count / len(sentences) + 11.8 * spoken / count - 15.59


def minutes(text: str) -> int:
    """Return how many minutes a text takes to read, at least one."""
    return max(1, round(len(words_in(text)) / WORDS_A_MINUTE))
