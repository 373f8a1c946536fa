"""Made-up photographs of boards and counters: plain drawings that say that they are a rehearsal's."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

from pingyi.bureau import shelf
from pingyi.bureau.shelf import Kept
from pingyi.documents import handed_in

SIZE = (480, 360)
WALL, FLOOR, FRAME, PAPER, RED, INK = "#d9d3c7", "#a59c8c", "#5b6770", "#fbfaf5", "#b3261e", "#7d858c"


def board(number: int, *, chance: random.Random) -> Kept:
    """Return a kept photograph of a board on a wall; no two are the same."""
    picture = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(picture)
    left, top = chance.randint(120, 190), chance.randint(30, 60)
    pen.rectangle((0, 300, *SIZE), fill=FLOOR)
    pen.rectangle((left - 8, top - 8, left + 158, top + 226), fill=FRAME)
    pen.rectangle((left, top, left + 150, top + 218), fill=PAPER)
    pen.rectangle((left + 12, top + 12, left + 138, top + 30), fill=RED)
    for line in range(9):
        pen.line((left + 12, top + 48 + 15 * line, left + chance.randint(90, 138), top + 48 + 15 * line), INK, 4)
    pen.rectangle((left + 104, top + 178, left + 138, top + 208), fill=FRAME)
    content = io.BytesIO()
    picture.save(content, format="PNG")
    return shelf.put(handed_in.accept(content.getvalue(), name=f"公示牌照片{number}.png"))
