"""Why a promise stands as it does, in sentences."""

from ..reasons import render
from .progress import Progress
from .sentences import SENTENCES


def explain(progress: Progress, *, lang: str = "en") -> str:
    """Return why a commitment's progress is what it is, as indented lines in "en" or "zh"."""
    return render(progress.reason, SENTENCES, lang=lang)
