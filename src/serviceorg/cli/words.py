"""Counted things in English."""


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun; ``many`` is needed where the plural is not made with -s.

    >>> counted(1, "fact"), counted(2, "category", "categories")
    ('1 fact', '2 categories')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
