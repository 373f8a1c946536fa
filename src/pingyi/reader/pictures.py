"""Pictures from outside: a closed list of formats, drawn anew, so that nothing but pixels comes along."""

from __future__ import annotations

import io
import warnings

import pillow_heif
from PIL import Image, ImageOps

from pingyi.reader.refusals import NotReadError

# What phones, cameras, scanners and chat programs make today. A decoder that starts a program (EPS) or hardly anybody
# needs (ICNS, PCX, SGI, TGA, DDS, XBM, JPEG 2000 …) is not asked, whatever the file says of itself. MPO is a JPEG with
# a second picture behind it, and comes through its door.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF")
MOST_PIXELS = 40_000_000  # after a JPEG was halved as it was opened
MOST_WRITTEN = 260_000_000  # before
LONGEST_SIDE = 4096
DRAWN_AS_PNG = ("PNG", "GIF")
MOST_DRAWN = 6_000_000  # pixels of a drawing or of a screen
BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
MAGIC = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
)

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = None  # pixels are counted below, where a JPEG may still be halved


def is_picture(content: bytes) -> bool:
    """Whether the first bytes are those of a picture that is taken."""
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    return content.startswith(MAGIC) or is_webp or (content[4:8] == b"ftyp" and content[8:12] in BRANDS)


def draw(content: bytes) -> tuple[str, bytes]:
    """Return "PNG" or "JPEG" and the picture drawn anew: upright, without place, camera or a hidden second file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _drawn(content)
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, RuntimeError) as fault:
        raise NotReadError("file.damaged_picture") from fault


def _drawn(content: bytes) -> tuple[str, bytes]:
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_WRITTEN:
            raise _too_many()
        opened.draft("RGB", _fitted(opened))
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_many()
        kept = _kept_as(opened)
        turn = opened.getexif().get(0x0112)
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
        plain = _plain(opened, kept)
    upright = _turned(plain, turn)
    out = io.BytesIO()
    upright.save(out, kept, **({"quality": 88} if kept == "JPEG" else {"compress_level": 4}))
    return kept, out.getvalue()


def _kept_as(opened: Image.Image) -> str:
    """A drawing stays one; a whole photograph in that form would take seconds to write and ten times the room."""
    is_photograph = opened.width * opened.height > MOST_DRAWN and not opened.has_transparency_data
    return "PNG" if opened.format in DRAWN_AS_PNG and not is_photograph else "JPEG"


def _fitted(opened: Image.Image) -> tuple[int, int]:
    """Return the size that a large picture is shrunk to."""
    share = min(1.0, LONGEST_SIDE / max(opened.size))
    return max(1, int(opened.width * share)), max(1, int(opened.height * share))


def _plain(opened: Image.Image, kept: str) -> Image.Image:
    """Return nothing but the pixels; what shines through in a JPEG lies on white."""
    if kept == "PNG":
        made = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    elif opened.has_transparency_data:
        over = opened.convert("RGBA")
        made = Image.new("RGB", over.size, "white")
        made.paste(over, mask=over.getchannel("A"))
    else:
        made = opened.convert("RGB")
    made.info.clear()
    return made


def _turned(plain: Image.Image, turn: object) -> Image.Image:
    """Stand the picture upright, as the camera says it was held; only what is left of it is turned, not the whole."""
    if turn not in range(2, 9):
        return plain
    plain.getexif()[0x0112] = turn
    upright = ImageOps.exif_transpose(plain)
    upright.info.clear()
    return upright


def _too_many() -> NotReadError:
    return NotReadError("file.too_many_pixels", megapixels=str(MOST_PIXELS // 1_000_000))
