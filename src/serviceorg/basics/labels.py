"""A text in Chinese and English."""

import attrs


@attrs.frozen
class Label:
    """A text people read, in one or both languages (标题); ``code`` is how machines know it, if they do."""

    zh: str = ""
    en: str = ""
    code: str = ""

    def in_(self, lang: str) -> str:
        """Return the text in ``lang`` ("zh" or "en"), or in the other language where it is missing."""
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first or second

    def __str__(self) -> str:
        return self.in_("en")
