"""`python -m tests.preview`: every screen of the bot, in both languages, as build/preview/<lang>.html."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from core.papers.fonts import font_file
from core.words.voice import LANGUAGES
from tests.chat.world import World
from tests.preview.page import draw, faults
from tests.preview.screens import Screen, tour

OUT = Path("build") / "preview"


async def make(lang: str, out: Path) -> list[Screen]:
    """Writes the page of one language; returns its screens."""
    with TemporaryDirectory() as folder:
        world = World(Path(folder), lang=lang)
        try:
            screens = await tour(world, lang)
            photos = {number: file.content for number, file in world.demo.sandbox.world.files.by_id.items()}
        finally:
            await world.close()
    write(out, lang, draw(screens, photos, f"duban {lang}"))
    return screens


def write(out: Path, lang: str, page: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(font_file(), out / "font.otf")
    (out / f"{lang}.html").write_text(page, encoding="utf-8")


def main() -> int:
    wrong = 0
    for lang in LANGUAGES:
        screens = asyncio.run(make(lang, OUT))
        found = [(screen, one) for screen in screens for message in screen.messages for one in faults(message)]
        wrong += len(found)
        print(f"{OUT / lang}.html: {len(screens)} screens, {len(found)} to look at")
        for screen, one in found:
            print(f"  {screen.who} {screen.did}: {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
