"""Colours and lines: told apart by shape and stroke as well, so that black and white loses nothing."""

import attrs


@attrs.frozen
class Paint:
    """Fill, outline and text of one kind of box."""

    fill: str
    stroke: str
    ink: str


KINDS_LIGHT = {
    "initial": Paint("#e7f8f0", "#0f8a5f", "#0b3d2c"),
    "active": Paint("#eaf2fe", "#2f6fd6", "#14305f"),
    "waiting": Paint("#fff5dc", "#b7791f", "#533708"),
    "final": Paint("#eef0f3", "#4a5565", "#1f2937"),
}
KINDS_DARK = {
    "initial": Paint("#0e3226", "#3ecf9b", "#d5f7e9"),
    "active": Paint("#12274a", "#74a8f7", "#dbe9ff"),
    "waiting": Paint("#3a2a0a", "#e6b450", "#ffefcc"),
    "final": Paint("#262c36", "#aab4c3", "#eef1f5"),
}
#: The path of a ticket.
WALKED_LIGHT, WALKED_DARK = "#b0186f", "#ff8ac8"
FONTS = (
    "system-ui,-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',"
    "'Source Han Sans SC','WenQuanYi Micro Hei',sans-serif"
)


def css() -> str:
    """Return the style sheet of a picture; every rule is bound to the class of our pictures."""
    rules = _SHAPES + _theme(KINDS_LIGHT, _LIGHT | {"walked": WALKED_LIGHT})
    dark = _theme(KINDS_DARK, _DARK | {"walked": WALKED_DARK})
    bound = "\n".join(f".so-flow {rule}" for rule in rules)
    return (
        bound
        + "\n@media (prefers-color-scheme:dark){\n"
        + "\n".join(f".so-flow {rule}" for rule in dark)
        + "\n}"
    )


_LIGHT = {"page": "#ffffff", "ink": "#1f2937", "soft": "#5b6675", "line": "#7b8794", "edge": "#dfe3e8"}
_DARK = {"page": "#11151c", "ink": "#e8ecf2", "soft": "#a7b0be", "line": "#8590a0", "edge": "#2c3440"}
_SHAPES = [
    f"text{{font-family:{FONTS};text-anchor:middle;dominant-baseline:central;stroke:none}}",
    ".so-name{font-size:13px;font-weight:600}",
    ".so-text{font-size:12px}",
    ".so-small{font-size:10px}",
    ".so-head{font-size:17px;font-weight:650;text-anchor:start}",
    ".so-note{font-size:11px;text-anchor:start}",
    ".so-shape{stroke-width:1.5}",
    ".so-line{fill:none;stroke-width:1.4;stroke-linecap:round}",
    ".so-waiting .so-shape{stroke-dasharray:5 3}",
    ".so-group .so-shape{fill:none;stroke-dasharray:2 3}",
    ".so-inner,.so-flow .so-clock{fill:none;stroke-width:1}",
    ".so-path .so-line{stroke-opacity:.45}",
    ".so-walked .so-line{stroke-width:2.8;stroke-opacity:1}",
    ".so-walked .so-text{font-weight:650}",
    ".so-visited .so-shape{stroke-width:2.8}",
    ".so-here .so-shape{stroke-width:4;stroke-dasharray:none}",
    ".so-arrow:hover .so-line,.so-flow .so-loop:hover .so-line{stroke-width:3}",
]


def _theme(kinds: dict[str, Paint], tone: dict[str, str]) -> list[str]:
    walked, page = tone["walked"], tone["page"]
    rules = [
        f".so-page{{fill:{page};stroke:{tone['edge']}}}",
        f".so-veil{{fill:{page};fill-opacity:.93}}",
        f"text{{fill:{tone['ink']}}}",
        f".so-small,.so-flow .so-note,.so-flow .so-path .so-text{{fill:{tone['soft']}}}",
        f".so-line,.so-flow .so-clock,.so-flow .so-group .so-shape{{stroke:{tone['line']}}}",
        f".so-tip{{fill:{tone['line']}}}",
        f".so-dot{{fill:{tone['ink']}}}",
    ]
    for kind, paint in kinds.items():
        rules += [
            f".so-{kind} .so-shape{{fill:{paint.fill};stroke:{paint.stroke}}}",
            f".so-{kind} .so-inner{{stroke:{paint.stroke}}}",
            f".so-{kind} .so-name{{fill:{paint.ink}}}",
        ]
    return [
        *rules,
        f".so-walked .so-line,.so-flow .so-visited .so-shape,.so-flow .so-here .so-shape{{stroke:{walked}}}",
        f".so-walked .so-tip,.so-flow .so-badge{{fill:{walked}}}",
        f".so-walked .so-text,.so-flow .so-walked .so-small{{fill:{walked}}}",
        f".so-count{{fill:{page};font-size:10px;font-weight:700}}",
    ]
