"""Verb forms as they are printed."""

import pytest

from transforms.inflection import inflect

FORMS = [
    ("say", "says", "said", "said", "saying"),
    ("stress", "stresses", "stressed", "stressed", "stressing"),
    ("deny", "denies", "denied", "denied", "denying"),
    ("admit", "admits", "admitted", "admitted", "admitting"),
    ("agree", "agrees", "agreed", "agreed", "agreeing"),
    ("vow", "vows", "vowed", "vowed", "vowing"),
    ("plan", "plans", "planned", "planned", "planning"),
    ("offer", "offers", "offered", "offered", "offering"),
    ("tell", "tells", "told", "told", "telling"),
    ("write", "writes", "wrote", "written", "writing"),
    ("echo", "echoes", "echoed", "echoed", "echoing"),
    ("tie", "ties", "tied", "tied", "tying"),
    ("urge", "urges", "urged", "urged", "urging"),
    ("explain", "explains", "explained", "explained", "explaining"),
]


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: forms[0])
def test_forms(forms):
    assert tuple(inflect(forms[0]).values()) == forms


def test_a_seed_row_may_give_irregular_forms():
    assert inflect("foresee", "foresaw", "foreseen")["participle"] == "foreseen"
    assert inflect("make", "made clear")["past"] == "made"
