# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Colours, type and measures of the window; painted widgets and the style sheet take them from here.

Values and their contrast are those of docs/design (WCAG AA computed for every pair). The window holds one
appearance at a time: `apply` sets it for the whole application, screens are built anew afterwards.
"""

import re
from dataclasses import asdict, dataclass
from typing import Literal

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from pmqa_desktop.assets import resource

FAMILY = "PMQA Sarabun"
SCALES: tuple[int, ...] = (100, 110, 125, 150, 175, 200)
Size = Literal["micro", "small", "body", "lead", "h2", "h1", "num", "hero"]
TYPE: dict[Size, int] = {
    "micro": 14, "small": 15, "body": 16, "lead": 18, "h2": 20, "h1": 24, "num": 30, "hero": 52,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tokens:
    """The named colours of one appearance; `on_x` is what stands on `x`, `x_bg` the tint behind `x`."""

    bg: str
    surface: str
    surface2: str
    line: str
    edge: str
    text: str
    text2: str
    primary: str
    on_primary: str
    primary_hi: str
    soft: str
    focus: str
    lv1: str
    on_lv1: str
    lv2: str
    on_lv2: str
    lv3: str
    on_lv3: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    err: str
    err_bg: str
    info: str
    info_bg: str
    held: str
    held_bg: str
    idle: str
    idle_bg: str
    note: str
    note_edge: str
    barbg: str
    on_bar: str
    on_bar2: str
    bar_button: str
    on_bar_button: str
    amber: str = "#FFD58A"
    on_amber: str = "#4A2E00"


LIGHT = Tokens(
    bg="#F1F4F7", surface="#FFFFFF", surface2="#E8EDF2", line="#D5DCE4", edge="#75828F", text="#15202B",
    text2="#435061", primary="#14426F", on_primary="#FFFFFF", primary_hi="#0D3054", soft="#E2ECF6",
    focus="#B84A00", lv1="#C3DAEF", on_lv1="#12304D", lv2="#2F72B0", on_lv2="#FFFFFF", lv3="#123A63",
    on_lv3="#FFFFFF", ok="#1A6639", ok_bg="#E3F2E8", warn="#854700", warn_bg="#FFF0D9", err="#A11B1B",
    err_bg="#FBE7E5", info="#1A5A96", info_bg="#E2ECF6", held="#59388F", held_bg="#EEE8F8", idle="#55616E",
    idle_bg="#EAEEF2", note="#FFF8DC", note_edge="#8A7420", barbg="#14324F", on_bar="#FFFFFF",
    on_bar2="#C9D8E6", bar_button="#FFFFFF", on_bar_button="#14426F",
)  # fmt: skip
DARK = Tokens(
    bg="#11171D", surface="#1A222B", surface2="#242E39", line="#37434F", edge="#8593A1", text="#ECF1F6",
    text2="#B4C0CC", primary="#8DBFF0", on_primary="#0B1A29", primary_hi="#B5D6F6", soft="#213850",
    focus="#FFB45C", lv1="#34506B", on_lv1="#EAF3FB", lv2="#6CA9E0", on_lv2="#0B1A29", lv3="#D2E6FA",
    on_lv3="#0B1A29", ok="#7ED2A0", ok_bg="#16321F", warn="#F2B560", warn_bg="#3A2A10", err="#FF9F96",
    err_bg="#401C1A", info="#8DBFF0", info_bg="#1D3349", held="#C4ABF5", held_bg="#2E2443", idle="#AAB6C2",
    idle_bg="#28323D", note="#2F2A17", note_edge="#B9A352", barbg="#0B1118", on_bar="#ECF1F6",
    on_bar2="#B4C0CC", bar_button="#8DBFF0", on_bar_button="#0B1A29",
)  # fmt: skip


class _Appearance:
    """What the window looks like at the moment; changed by `apply` only."""

    def __init__(self) -> None:
        self.tokens = LIGHT
        self.dark = False
        self.percent = 100


_now = _Appearance()


def tokens() -> Tokens:
    """Return the colours in force."""
    return _now.tokens


def is_dark() -> bool:
    """Tell whether the dark colours are in force."""
    return _now.dark


def percent() -> int:
    """Return the text size in percent: one of `SCALES`."""
    return _now.percent


def px(pixels: float) -> int:
    """Return a measure given at 100 % in pixels of the text size in force, at least 1."""
    return max(1, round(pixels * _now.percent / 100))


def em_width(pixels: int) -> int:
    """Return a width of the window in pixels of the 100 % text size: what the layouts decide by."""
    return round(pixels * 100 / _now.percent)


def colour(name: str) -> QColor:
    """Return the colour of a token, or of a plain `#rrggbb`."""
    return QColor(name if name.startswith("#") else getattr(_now.tokens, name))


def font(size: Size | int = "body", weight: int = 400) -> QFont:
    """Return the bundled font in a size of the type scale (or in pixels at 100 %) and a weight of 400, 600 or 700."""
    made = QFont(FAMILY)
    made.setPixelSize(px(size if isinstance(size, int) else TYPE[size]))
    made.setWeight(QFont.Weight(weight))
    return made


def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts and return the families that Qt knows by them."""
    families: set[str] = set()
    for file in sorted(resource("fonts").glob("PMQASarabun-*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(QFontDatabase.applicationFontFamilies(number) if number >= 0 else ())
    return tuple(sorted(families))


def style_sheet() -> str:
    """Return the style sheet of the appearance: `$token` becomes its colour, `Npx` is scaled, `N!px` is not."""
    sheet = resource("qss/window.qss").read_text(encoding="utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"\b(\d+)px", lambda found: f"{px(int(found[1]))}px", sheet).replace("!px", "px")
    colours = asdict(_now.tokens)
    return re.sub(r"\$(\w+)", lambda found: colours[found[1]], sheet)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, token in (
        (role.Window, "bg"), (role.WindowText, "text"), (role.Base, "surface"), (role.AlternateBase, "surface2"),
        (role.Text, "text"), (role.Button, "surface"), (role.ButtonText, "primary"), (role.BrightText, "err"),
        (role.Highlight, "primary"), (role.HighlightedText, "on_primary"), (role.Link, "info"),
        (role.PlaceholderText, "text2"), (role.ToolTipBase, "text"), (role.ToolTipText, "surface"),
        (role.Mid, "edge"), (role.Midlight, "line"), (role.Light, "surface"), (role.Dark, "edge"),
    ):  # fmt: skip
        palette.setColor(which, colour(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, colour("idle"))
    return palette


def apply(app: QApplication, *, dark: bool = False, scale: int = 100) -> None:
    """Set font and colours of the whole application; `scale` is a text size in percent.

    The style sheet is for the window to set on itself: an application's own is worked out again for every part of a
    screen at each step of putting it together, a window's once when the finished screen is put in.
    """
    _now.tokens, _now.dark, _now.percent = (DARK if dark else LIGHT), dark, scale
    app.setPalette(_palette())
    app.setFont(font())
