import string

import pytest

from serviceorg.commitments.sentences import SENTENCES, STATUS_WORDS
from serviceorg.commitments.standing import STATUSES


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_uses_the_same_values_in_both_languages(code):
    """Neither language knows more than the other, and nothing a reason carries is left unsaid in both."""
    template = SENTENCES[code]

    named = [
        {name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (template.en, template.zh)
    ]

    assert named[0] == named[1]
    assert named[0] <= set(template.names)


def test_every_status_has_a_word_in_both_languages():
    """A status is never shown as its code."""
    assert set(STATUSES) <= set(STATUS_WORDS)
    assert all(word.zh and word.en for word in STATUS_WORDS.values())
