"""The font files that every PDF layout names (static/pdf/fonts.css); none is taken from the machine."""

from pathlib import Path

from django.contrib.staticfiles import finders

FILES = [
    "NotoSerif-Regular.ttf",
    "NotoSerif-Italic.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSerif-BoldItalic.ttf",
    "NotoSans-Regular.ttf",
    "NotoSans-Italic.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansMath-Signs.ttf",
    "NotoSansSymbols2-Shapes.ttf",
]


def find(name: str) -> Path | None:
    found = finders.find(f"fonts/{name}")
    return Path(found) if found else None


def missing() -> list[str]:
    """Names of font files that are not there, or are there and empty."""
    paths = {name: find(name) for name in FILES}
    return [name for name, path in paths.items() if path is None or path.stat().st_size == 0]
