"""The codebook's examples of speech acts and forms are read as what they stand for."""

import pytest

import seeds
from transforms.extraction import extract
from transforms.lexicon import build_lexicon
from transforms.records import FORMS, SPEECH_ACTS, Article

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})


def read(definition: str):
    """The one statement of a definition's example."""
    text = definition.split("Example: ")[1]
    article = Article(
        article_id="a1",
        page_id="p1",
        source_id="local",
        text=text,
        text_sha256="",
        story_id="s1",
        raw_ref="",
        coder_version="test",
    )
    (statement,) = extract(article, LEXICON).statements
    return statement


@pytest.mark.parametrize("act", SPEECH_ACTS)
def test_the_example_of_a_speech_act_is_one(act):
    assert read(SPEECH_ACTS[act]).speech_act == act


@pytest.mark.parametrize("form", FORMS)
def test_the_example_of_a_form_has_it(form):
    assert read(FORMS[form]).form == form


def test_no_cue_lacks_an_act_of_the_list():
    acts = {row["speech_act"] for table in ("cues", "cue_nouns") for row in seeds.read(table)}
    assert acts == set(SPEECH_ACTS)
