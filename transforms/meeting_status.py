"""Whether a meeting was held, is planned, was called off, or is only talked about.

A trigger's status is what the words that govern it say: its verb group ("did not meet"), the word
before an infinitive ("agreed to meet"), a noun's own modifiers ("a planned visit"), the verb that
carries the noun ("postponed a visit") or of which it is the subject ("the talks were called off"),
and, failing these, the tense of the clause.
"""

from __future__ import annotations

from .meeting_triggers import BE, CLAUSE_ENDS, Trigger, Triggers
from .text import Sentence, Text

# Flags of the seeds that mean "no meeting", with their records.MISS_REASONS.
REASONS = {
    "comment": "not_a_meeting",
    "hypothetical": "hypothetical",
    "practice": "hypothetical",
    "negated": "negated",
}
_CONDITIONS = frozenset({"if", "whether", "unless"})
_FINITE_FUTURE = frozenset({"will", "shall"})
_REPORTING = frozenset(
    "said says told announced added confirmed reported reports stated noted saying".split()
)
_AFTER = frozenset({"after", "following", "since", "during", "at", "in", "upon", "when", "while"})
# Behind these a meeting is an occasion, whatever is said of the rest: "agreed at talks".
_OCCASION = frozenset({"at", "during", "in", "after", "following", "from"})
_HABIT_FORMS = frozenset({"base", "s"})
_OPEN = frozenset(
    "would could might may should willingness readiness desire excuses proposal".split()
)
_AHEAD = frozenset({"after", "before", "until", "once", "when"})
_MEANWHILE = frozenset({"as", "while"})
_AWAITED = frozenset({"expected", "due", "awaited"})
_SETTING_OUT = frozenset("travelling traveling heading flying going returning".split())
_TOMORROW = frozenset({"tomorrow", "next"})
_REACH_OF_SUBORDINATOR = 9  # tokens from the verb to the word that opens its clause
_REACH_OF_OBJECT = 12  # tokens from "urged" over its object to "to"
_OBJECTS = frozenset({"him", "her", "them", "the", "both", "his", "all"})
_REACH_OF_GOVERNOR = 12  # tokens from "hopes to" to a meeting word behind its infinitive
_REACH = 4  # tokens before a noun phrase in which its governor stands


def settle_status(text: Text, sentence: Sentence, trigger: Trigger, table: Triggers) -> None:
    """Set `trigger.status` to a meeting status or a miss reason."""
    flag = _verb_flag if trigger.shape == "verb" else _noun_flag
    status = flag(text, sentence, trigger, table)
    start = clause_start(text, sentence, trigger.group)
    if "comment" in flags_in(text, start, trigger.group, table):
        status = "comment"
    trigger.status = REASONS.get(status, status)


def clause_start(text: Text, sentence: Sentence, i: int) -> int:
    """First token of the clause that holds token i: behind a stop, a quotation mark or 'that'.

    A comma ends what was reported before "…, X said after meeting Y".
    """
    j, reporting = i, False
    while j > sentence.first:
        low = text.lows[j - 1]
        if low in CLAUSE_ENDS or low == "that" or (low == "," and reporting):
            break
        reporting = reporting or low in _REPORTING
        j -= 1
    return j


def _verb_flag(text: Text, sentence: Sentence, trigger: Trigger, table: Triggers) -> str:
    if trigger.form == "ing" and trigger.group == trigger.first:
        return _gerund_flag(text, sentence, trigger, table)
    return _group_flag(text, sentence, trigger.group, trigger.first, trigger.form, table)


def _group_flag(
    text: Text, sentence: Sentence, group: int, verb: int, form: str, table: Triggers
) -> str:
    """Status of the verb group [group, verb]."""
    lows = text.lows
    start = clause_start(text, sentence, group)
    words = lows[group:verb]
    flags = flags_in(text, group, verb, table)
    if "negated" in flags:
        return "negated"
    if _CONDITIONS.intersection(lows[start:group]) and "," not in lows[start:group]:
        return "hypothetical"
    if "hypothetical" in flags:
        return "hypothetical"
    if "to" in words:
        return _infinitive_flag(text, sentence, group, start, words, table)
    if _FINITE_FUTURE.intersection(words):
        return "planned"
    if "would" in words and "hypothetical" in flags_in(text, max(start, group - 5), group, table):
        return "hypothetical"  # "he hoped the two would meet"
    if "would" in words:
        reported = _REPORTING.intersection(lows[sentence.first : sentence.last])
        # "He would meet the king": what a report goes on to say, where no condition stands with it
        doubt = (_OPEN - {"would"}).intersection(lows[sentence.first : group])
        plain = form == "base" and not doubt
        return "planned" if reported or plain else "hypothetical"
    if form == "ing":
        return "ongoing"
    asked = flags_in(text, sentence.first, start, table) & {"hypothetical"}
    if form in _HABIT_FORMS and asked and start > sentence.first:
        return "hypothetical"  # "proposed that they meet"
    if form == "base" and group == verb and lows[verb - 1] in ("and", "or", ","):
        return _clause_flag(text, start, group, table)  # "to visit Rome and meet the pope"
    if _denied(text, sentence, start, table):
        return "negated"
    if form in _HABIT_FORMS and "do" not in words and "did" not in words:
        return _present_flag(text, sentence, start, group, table)
    return "held"


def _denied(text: Text, sentence: Sentence, start: int, table: Triggers) -> bool:
    """'denied that he had met …'."""
    if start - 2 < sentence.first or text.lows[start - 1] != "that":
        return False
    found = _flag_at(text, start - 2, table)
    return found is not None and found[1] == "negated"


def _present_flag(text: Text, sentence: Sentence, start: int, group: int, table: Triggers) -> str:
    """Status of a simple present: a headline's "meets" was held, "before he meets" lies ahead."""
    lows = text.lows
    if "practice" in flags_in(text, start, sentence.last, table):
        return "hypothetical"
    for j in range(group - 1, max(sentence.first, group - _REACH_OF_SUBORDINATOR) - 1, -1):
        if lows[j] in _AHEAD:
            return "planned"
        if lows[j] in _MEANWHILE:
            return "ongoing"
        if lows[j] in CLAUSE_ENDS or lows[j] == ",":
            break
    return "planned" if _TOMORROW.intersection(lows[start : sentence.last]) else "held"


def _infinitive_flag(
    text: Text, sentence: Sentence, group: int, start: int, words: list[str], table: Triggers
) -> str:
    """Status of an infinitive: by its governor, else by the clause whose purpose it is."""
    if "have" in words and {"was", "were"}.intersection(words):
        return "cancelled"  # "were to have met": it did not come to that
    if BE.intersection(words) or _FINITE_FUTURE.intersection(words):
        return "planned"
    if _is_asked_of(text, sentence, start, group, table):
        return "hypothetical"
    governor = _flag_before(text, sentence, group, table, reach=1)
    if governor in ("planned", "hypothetical", "negated"):
        outer = flags_in(text, max(start, group - 5), group, table)
        return "negated" if "negated" in outer and governor == "planned" else governor
    return _clause_flag(text, start, group, table)


def _is_asked_of(text: Text, sentence: Sentence, start: int, group: int, table: Triggers) -> bool:
    """'urged X to meet Y', 'invited X to visit': what one asks of another is not done yet."""
    for j in range(group - 1, max(start, group - _REACH_OF_OBJECT) - 1, -1):
        low = text.lows[j]
        if low in CLAUSE_ENDS or low == "," and j < group - 2:
            return False
        asked = table.asking.longest(text.lows, j)
        if asked is not None:
            k = j + asked[0]
            named = any(word[0].isupper() for word in text.words[k:group])
            return named or (k < group and text.lows[k] in _OBJECTS)
    return False


def _gerund_flag(text: Text, sentence: Sentence, trigger: Trigger, table: Triggers) -> str:
    return _participle_flag(text, sentence, trigger.group, table)


def _participle_flag(text: Text, sentence: Sentence, i: int, table: Triggers) -> str:
    """Status of an -ing form without auxiliary: by the word before it, else by its clause."""
    before = text.lows[i - 1] if i > sentence.first else ""
    if before in _AFTER:
        return "held"
    governor = _flag_before(text, sentence, i, table, reach=3)
    if governor:
        return governor
    start = clause_start(text, sentence, i)
    status = _clause_flag(text, start, i, table)
    now = status == "held" and {"is", "are"} & set(text.lows[start:i])
    return "ongoing" if now and "," not in text.lows[start:i] else status


def _noun_flag(text: Text, sentence: Sentence, trigger: Trigger, table: Triggers) -> str:
    own = flags_in(text, trigger.group, trigger.first, table)
    for flag in ("cancelled", "negated", "hypothetical"):
        if flag in own:
            return flag
    if trigger.support:
        group, verb = trigger.support
        if group == verb and text.lows[verb].endswith("ing"):
            return _participle_flag(text, sentence, verb, table)
        status = _group_flag(text, sentence, group, verb, _form_of(text, verb), table)
        found = _flag_at(text, verb, table)
        if found and found[1] == "cancelled" and status in ("held", "planned", "ongoing"):
            return "cancelled"
        return "planned" if status == "held" and "planned" in own and "next" not in own else status
    before = text.lows[trigger.group - 1] if trigger.group > sentence.first else ""
    reach = 0 if before in _OCCASION else _REACH
    governor = _flag_before(text, sentence, trigger.group, table, reach=reach)
    if governor and governor != "practice":
        outer = flags_in(text, max(sentence.first, trigger.group - 6), trigger.group, table)
        return "negated" if "negated" in outer and governor == "planned" else governor
    predicate = "held"
    if _is_subject(text, sentence, trigger):
        predicate = _predicate_flag(text, sentence, trigger, table)
    if predicate in ("cancelled", "negated"):
        return predicate
    if "planned" in own:
        return "planned"
    if _is_under_way(text, sentence, trigger):
        return "ongoing"
    if _lies_ahead(text, sentence, trigger, table):
        return "planned"
    if _is_subject(text, sentence, trigger):
        return predicate
    start = clause_start(text, sentence, trigger.group)
    return _clause_flag(text, start, trigger.group, table)


def _lies_ahead(text: Text, sentence: Sentence, trigger: Trigger, table: Triggers) -> bool:
    """'talks with X scheduled for Monday', 'the council, which will be held soon'."""
    lows = text.lows
    for j in range(trigger.last, min(trigger.last + _REACH_OF_PREDICATE, sentence.last - 2)):
        if lows[j] in CLAUSE_ENDS or table.nouns.longest(lows, j) or lows[j] in _REPORTING:
            return False
        if tuple(lows[j : j + 2]) in _PLANS or tuple(lows[j : j + 3]) in _PLANS:
            return True
        if lows[j] in _TOLD or (lows[j].endswith("ed") and lows[j - 1] != ","):
            return False  # "the talks focused on what will change"
    return False


_TOLD = frozenset("dealt took led brought gave saw came went was were".split())
_REACH_OF_PREDICATE = 22  # tokens from a meeting word over its parties to "scheduled for"
_PLANS = frozenset(
    tuple(words.split())
    for words in (
        "which will", "that will", "to be held", "to take place", "scheduled for", "due to be",
        "planned for", "slated for", "set for", "scheduled to", "expected to take", "due on",
        "rescheduled for", "rescheduled to", "re-scheduled for", "re-scheduled to",
    )
)  # fmt: skip


def _is_under_way(text: Text, sentence: Sentence, trigger: Trigger) -> bool:
    """'is on a visit', 'are in talks'."""
    i = trigger.group - 2
    words = text.lows[i : i + 2]
    return (
        i >= sentence.first and words[0] in ("is", "are", "currently") and words[1] in ("on", "in")
    )


def _form_of(text: Text, verb: int) -> str:
    low = text.lows[verb]
    if low.endswith("ing"):
        return "ing"
    return (
        "past" if low.endswith("ed") or low in ("held", "had", "began", "paid", "made") else "base"
    )


def _is_subject(text: Text, sentence: Sentence, trigger: Trigger) -> bool:
    if trigger.group == sentence.first:
        return True
    before = text.lows[trigger.group - 1]
    return before in _REPORTING or before in (",", "but", "that", "as", "“", '"')


def _predicate_flag(text: Text, sentence: Sentence, trigger: Trigger, table: Triggers) -> str:
    """Status from the verb of which the noun phrase is the subject."""
    lows = text.lows
    end = trigger.last
    while end < sentence.last and lows[end] not in CLAUSE_ENDS:
        end += 1
    flags = flags_in(text, trigger.last, end, table)
    if "cancelled" in flags:
        stands = "not" in lows[trigger.last : end]
        return "planned" if stands else "cancelled"
    if "negated" in flags and _OCCURRING.intersection(lows[trigger.last : end]):
        return "negated"
    first, last = _predicate(text, trigger.last, end)
    words = lows[first:last]
    flags = flags_in(text, first, last, table)
    if _FINITE_FUTURE.intersection(words):
        return "planned"
    if "planned" in flags and BE.intersection(words):
        return "planned"
    if "hypothetical" in flags:
        return "hypothetical"
    return "ongoing" if _UNDER_WAY.intersection(words) and BE.intersection(words) else "held"


def _predicate(text: Text, i: int, end: int) -> tuple[int, int]:
    """Tokens of the verb behind the noun phrase that ends at i, with what stands close to it.

    Clauses between commas are passed over: "the talks, which X will join, were held".
    """
    lows = text.lows
    j = i
    while j < end:
        if lows[j] == "," and j + 1 < end and lows[j + 1] in _RELATIVES:
            closing = next((k for k in range(j + 1, end) if lows[k] == ","), None)
            if closing is None:
                break
            j = closing + 1
            continue
        if (
            lows[j] in _FINITE
            or lows[j] in _TOLD
            or (lows[j].endswith("ed") and text.words[j][0].islower())
        ):
            break
        j += 1
    if j >= end:
        return i, end
    stop = min(j + _LONGEST_PREDICATE, end)
    return j, next((k for k in range(j, stop) if lows[k] in _SUBORDINATE), stop)


_RELATIVES = frozenset({"who", "which", "whose", "where"})
_SUBORDINATE = frozenset("that which who where after before when while as".split())
_FINITE = (
    BE
    | _FINITE_FUTURE
    | frozenset(
        "has have had would could may might must can did does do took began came went made gave "
        "saw marks comes follows takes".split()
    )
)
_LONGEST_PREDICATE = 8  # tokens

# Only what does not take place is denied: "the talks did not produce a deal" were held.
_OCCURRING = frozenset("place held happen happened occur occurred ahead materialize been".split())
_UNDER_WAY = frozenset({"way", "underway", "ongoing", "continuing", "progress"})


def flags_in(text: Text, first: int, last: int, table: Triggers) -> set[str]:
    """The flags (seeds/meeting_phrases.csv) of the phrases within tokens [first, last)."""
    flags = set()
    for j in range(first, last):
        found = _flag_at(text, j, table)
        if found and j + found[0] <= last:
            flags.add(found[1])
    return flags


def _flag_at(text: Text, j: int, table: Triggers) -> tuple[int, str] | None:
    """The flag phrase at token j; the month of May is none."""
    return None if text.words[j] == "May" else table.flags.longest(text.lows, j)


def _flag_before(
    text: Text, sentence: Sentence, group: int, table: Triggers, reach: int
) -> str | None:
    """The flag that ends nearest before token `group`, no farther than `reach` tokens."""
    lows = text.lows
    for end in range(group, max(sentence.first, group - reach), -1):
        if lows[end - 1] in CLAUSE_ENDS or lows[end - 1] in ("that", ","):
            return None
        for length in (2, 1):
            j = end - length
            if j < sentence.first:
                continue
            found = _flag_at(text, j, table)
            if found and found[0] == length and not _is_other_use(lows, j, found[1]):
                return found[1]
    return None


def _is_other_use(lows: list[str], j: int, flag: str) -> bool:
    """'next' after a preposition is a date, 'set' and 'due' without 'to' are no plans."""
    low = lows[j]
    if low in ("set", "due", "going", "plan", "plans"):
        return lows[j + 1] not in ("to", "for")
    return flag == "planned" and low == "next"


def _clause_flag(text: Text, start: int, group: int, table: Triggers) -> str:
    """Status of a clause by its finite words before the trigger."""
    lows = text.lows
    words = [
        low
        for low, word in zip(lows[start:group], text.words[start:group], strict=True)
        if word != "May"
    ]
    if _FINITE_FUTURE.intersection(words):
        return "planned"
    if _OPEN.intersection(words):
        return "hypothetical"
    for j in range(start, group):
        found = _flag_at(text, j, table)
        if not found:
            continue
        follows = lows[j + found[0]] == "to" and group - j <= _REACH_OF_GOVERNOR
        if found[1] == "cancelled":
            return "cancelled"
        if follows and found[1] in ("planned", "hypothetical", "negated"):
            return found[1]
    for j in range(start, group - 1):
        if lows[j] in ("is", "are") and lows[j + 1] == "to":
            return "planned"
        if lows[j] in _AWAITED and lows[j - 1] in BE and lows[j + 1] in ("in", "at", "here"):
            return "planned"  # "is expected in Moscow for talks"
        if lows[j] in _SETTING_OUT and lows[j - 1] in ("is", "are") and lows[j + 1] == "to":
            return "planned"
    return "held"
