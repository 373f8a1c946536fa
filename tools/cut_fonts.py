"""Cut the typesetter's fonts from Noto CJK: GB 2312, the general table's rarer characters, Latin and signs.

    python tools/cut_fonts.py FOLDER_OF_NOTO_CJK [TARGET]

Noto CJK comes as `NotoSerifCJK-Regular.ttc` and the like, for instance in Debian's package fonts-noto-cjk. The cut
fonts carry a name of their own, so that nobody takes them for the whole ones. See `src/pingyi/documents/fonts/`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "pingyi" / "documents" / "fonts"
FACES = {
    "PingyiSong-Regular": ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    "PingyiSong-Bold": ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    "PingyiHei-Regular": ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    "PingyiHei-Bold": ("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
}
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180)]
SIGNS = "‐‑–—‘’“”„†•…‰′″※€№℃™←↑→↓⇒≈≠≤≥■□▲△●○★☆☐☑✓✔〇〔〕①②③④⑤⑥⑦⑧⑨⑩㎡￥"
NAMES = {1: "{family}", 2: "{style}", 3: "{file}", 4: "{family} {style}", 6: "{file}", 16: "{family}", 17: "{style}"}
OURS = "Cut from {original} (Adobe, Google), SIL Open Font License 1.1."


def characters() -> set[int]:
    """Every code point that the cut fonts hold."""
    lines = (HERE / "name_characters.txt").read_text(encoding="utf-8").splitlines()
    rare = "".join(line for line in lines if not line.startswith("#"))
    return {*map(ord, _gb2312() + rare + SIGNS), *LATIN}


def cut(folder: Path, file: str, *, target: Path) -> Path:
    """Cut one face and return where it lies."""
    collection, original = FACES[file]
    font = _face(folder / collection, original)
    options = Options(layout_features=["kern"], hinting=False, name_IDs=[0, 13, 14], notdef_outline=True)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    _rename(font, file=file, original=original)
    path = target / f"{file}.otf"
    font.save(path)
    return path


def list_characters(*, target: Path) -> None:
    """Write down which characters every face holds, so that the typesetter can tell what it cannot print."""
    held = set.intersection(*(set(TTFont(target / f"{file}.otf").getBestCmap()) for file in FACES))
    letters = "".join(map(chr, sorted(held)))
    lines = [letters[start : start + 60] for start in range(0, len(letters), 60)]
    (target / "characters.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _gb2312() -> str:
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)


def _face(path: Path, name: str) -> TTFont:
    faces = TTCollection(path).fonts
    face: TTFont = next(face for face in faces if face["name"].getDebugName(1) == name)
    face.recalcTimestamp = False  # the same source gives the same bytes
    return face


def _rename(font: TTFont, *, file: str, original: str) -> None:
    family, _, style = file.partition("-")
    words = {"family": family.replace("Pingyi", "Pingyi "), "style": style, "file": file}
    for number, words_of in NAMES.items():
        font["name"].setName(words_of.format(**words), number, 3, 1, 0x409)
    font["name"].setName(OURS.format(original=original), 10, 3, 1, 0x409)
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [file]
        top.topDictIndex[0].FullName = f"{words['family']} {style}"
        top.topDictIndex[0].FamilyName = words["family"]


if __name__ == "__main__":
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else TARGET
    for file in FACES:
        done = cut(Path(sys.argv[1]), file, target=target)
        sys.stdout.write(f"{done.name}: {done.stat().st_size / 1e6:.1f} MB\n")
    list_characters(target=target)
