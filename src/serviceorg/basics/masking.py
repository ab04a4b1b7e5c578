"""Names as they may be published: enough to tell a neighbour, too little to find a stranger."""

import unicodedata

# Compound surnames in use (复姓). Without the list, 欧阳 would be cut to 欧, a surname of its own.
_TWO_BY_TWO = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠"
    "公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁"
    "拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五歐陽司馬東方諸葛尉遲赫連"
    "澹臺濮陽公孫鍾離長孫鮮于閭丘顓孫樂正穀梁軒轅東郭南門東門西門"
)
_COMPOUND = frozenset(_TWO_BY_TWO[at : at + 2] for at in range(0, len(_TWO_BY_TWO), 2))


def mask_name(name: str) -> str:
    """Return the surname, or the first letter of a name not written in Chinese, and one ``*``.

    One star whatever the length, so that the length tells nothing. A name that is nothing but a
    compound surname keeps one sign. An empty name stays empty.

    >>> mask_name("张三"), mask_name("欧阳小红"), mask_name("Jean Dupont")
    ('张*', '欧阳*', 'J*')
    """
    shown = "".join(sign for sign in unicodedata.normalize("NFC", name) if not _is_invisible(sign)).strip()
    if not shown:
        return ""
    if len(shown) > 2 and shown[:2] in _COMPOUND:
        return f"{shown[:2]}*"
    end = 1
    # A letter keeps the accents and variant marks that follow it, or it would be another letter.
    while end < len(shown) and unicodedata.category(shown[end])[0] == "M":
        end += 1
    return f"{shown[:end]}*"


def masked(name: str) -> str:
    """Return how a name is shown in the ``repr`` of a value: tracebacks and logs are read by strangers.

    >>> masked("张三")
    "'张*'"
    """
    return repr(mask_name(name))


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
