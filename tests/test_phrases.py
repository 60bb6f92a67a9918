"""Longest match from a token on."""

from transforms.phrases import Phrases, words_of


def _phrases() -> Phrases[str]:
    phrases: Phrases[str] = Phrases()
    for phrase in ("prime minister", "prime", "minister of defense", "minister"):
        phrases.add(phrase.split(), phrase)
    return phrases


def test_the_longest_phrase_wins():
    words = "the prime minister of defense".split()
    assert _phrases().longest(words, 1) == (2, "prime minister")
    assert _phrases().longest(words, 2) == (3, "minister of defense")


def test_a_longer_phrase_that_breaks_off_does_not_hide_a_shorter_one():
    assert _phrases().longest("minister of trade".split(), 0) == (1, "minister")


def test_no_phrase():
    assert _phrases().longest(["talks"], 0) is None
    assert ["prime", "talks"] not in _phrases()
    assert ["prime", "minister"] in _phrases()


def test_the_first_value_may_stay():
    phrases: Phrases[str] = Phrases()
    phrases.add(["US"], "country")
    phrases.add(["US"], "people", replace=False)
    assert phrases.longest(["US"], 0) == (1, "country")


def test_words_are_an_articles_tokens():
    assert words_of("Lt. Gen.", {"lt.", "gen."}) == ["Lt.", "Gen."]
    assert words_of("charge d'affaires") == ["charge", "d'affaires"]
