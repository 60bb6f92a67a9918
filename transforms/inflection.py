"""English verb forms, so that a cue is one seed row and not five."""

from __future__ import annotations

_VOWELS = frozenset("aeiou")
# Irregular verbs that occur as heads of cues and support verbs: base -> (past, participle).
_IRREGULAR = {
    "be": ("was", "been"),
    "begin": ("began", "begun"),
    "bring": ("brought", "brought"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "do": ("did", "done"),
    "draw": ("drew", "drawn"),
    "find": ("found", "found"),
    "foretell": ("foretold", "foretold"),
    "get": ("got", "got"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "have": ("had", "had"),
    "hear": ("heard", "heard"),
    "hit": ("hit", "hit"),
    "hold": ("held", "held"),
    "lay": ("laid", "laid"),
    "lead": ("led", "led"),
    "lend": ("lent", "lent"),
    "let": ("let", "let"),
    "make": ("made", "made"),
    "mean": ("meant", "meant"),
    "meet": ("met", "met"),
    "pay": ("paid", "paid"),
    "put": ("put", "put"),
    "read": ("read", "read"),
    "retell": ("retold", "retold"),
    "say": ("said", "said"),
    "see": ("saw", "seen"),
    "seek": ("sought", "sought"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "show": ("showed", "shown"),
    "speak": ("spoke", "spoken"),
    "swear": ("swore", "sworn"),
    "take": ("took", "taken"),
    "tell": ("told", "told"),
    "think": ("thought", "thought"),
    "throw": ("threw", "thrown"),
    "understand": ("understood", "understood"),
    "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written"),
}
# Verbs of more than one syllable that double their last letter all the same.
_DOUBLING = frozenset({"admit", "refer", "commit", "submit", "rebut", "concur", "permit", "regret"})


def inflect(base: str, past: str = "", participle: str = "") -> dict[str, str]:
    """Forms of a verb: base, s, past, participle, ing.

    `past` and `participle`, where given, win over the rules; only the first word of a multiword
    form counts, since the rest of a multiword verb does not change.
    """
    irregular = _IRREGULAR.get(base)
    regular = _suffixed(base, "ed")
    past = past.split()[0] if past else (irregular[0] if irregular else regular)
    participle = participle.split()[0] if participle else (irregular[1] if irregular else past)
    return {
        "base": base,
        "s": _third_person(base),
        "past": past,
        "participle": participle,
        "ing": _suffixed(base, "ing"),
    }


def _third_person(base: str) -> str:
    if base in ("be", "have"):
        return {"be": "is", "have": "has"}[base]
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _suffixed(base: str, suffix: str) -> str:
    if base.endswith("ie") and suffix == "ing":
        return base[:-2] + "ying"
    if base.endswith("e") and suffix == "ed":
        return base + "d"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")) and base != "be":
        return base[:-1] + suffix
    if base.endswith("y") and base[-2] not in _VOWELS and suffix == "ed":
        return base[:-1] + "ied"
    return base + (base[-1] if _doubles(base) else "") + suffix


def _doubles(base: str) -> bool:
    if len(base) < 3 or base[-1] in "aeiouwxy" or base[-2] not in _VOWELS:
        return False
    one_syllable = base[-3] not in _VOWELS and sum(c in _VOWELS for c in base) == 1
    return one_syllable or base in _DOUBLING
