import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from common import images
from common.images import BadPhoto, clean_photo


def encoded(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def photo(data, name="photo.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


def opened(clean):
    return Image.open(io.BytesIO(clean.content))


def with_secrets():
    """A picture lying on its side, with a place, a camera and a comment."""
    picture = Image.new("RGB", (60, 40), "red")
    picture.paste("blue", (0, 0, 10, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to see it upright
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    return encoded(picture, exif=exif, comment=b"SECRET-COMMENT")


def test_what_the_camera_wrote_is_gone_and_the_picture_is_upright():
    data = with_secrets()
    assert b"SECRET-CAMERA" in data
    assert b"SECRET-COMMENT" in data
    clean = clean_photo(photo(data))
    assert b"SECRET" not in clean.content
    assert b"Exif" not in clean.content
    assert (clean.width, clean.height) == (40, 60)
    red, green, blue = opened(clean).getpixel((20, 2))
    assert blue > 200
    assert red < 60
    assert green < 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_usual_formats_become_jpeg(kind):
    clean = clean_photo(photo(encoded(Image.new("RGB", (30, 20), "green"), kind), "снимок.png"))
    assert clean.content_type == "image/jpeg"
    assert opened(clean).format == "JPEG"
    assert (clean.width, clean.height) == (30, 20)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1"])
def test_every_colour_mode_is_taken(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert clean_photo(photo(encoded(Image.new(mode, (8, 8)), kind))).width == 8


def test_transparency_becomes_white():
    clean = clean_photo(photo(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")))
    assert opened(clean).getpixel((4, 4)) == (255, 255, 255)


def test_a_picture_of_several_frames_gives_the_first():
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "MPO", save_all=True, append_images=frames[1:])
    red, _, blue = opened(clean_photo(photo(data))).getpixel((8, 8))
    assert red > blue


@pytest.mark.parametrize("size", [(4000, 1000), (1000, 4000)])
def test_large_photos_are_made_small(size):
    clean = clean_photo(photo(encoded(Image.new("RGB", size))))
    assert max(clean.width, clean.height) == 2000
    assert min(clean.width, clean.height) == 500


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L"])
def test_nothing_is_copied_at_full_size(monkeypatch, mode):
    copied, whiten = [], images._on_white
    monkeypatch.setattr(
        images, "_on_white", lambda picture: copied.append(picture.size) or whiten(picture)
    )
    clean_photo(photo(encoded(Image.new(mode, (3000, 2500)), "PNG")))
    assert copied == [(2000, 1667)]


def test_photos_are_decoded_one_after_another(monkeypatch):
    """Each may take hundreds of megabytes; eight at once would end the process."""
    inside, most = [], []
    whole = images._opened

    def slow(data):
        inside.append(data)
        most.append(len(inside))
        time.sleep(0.02)
        inside.pop()
        return whole(data)

    monkeypatch.setattr(images, "_opened", slow)
    data = encoded(Image.new("RGB", (9, 9)))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: clean_photo(photo(data)), range(4)))
    assert most == [1, 1, 1, 1]


def test_heic_is_refused_with_what_to_do():
    data = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
    with pytest.raises(BadPhoto, match=r"HEIC.*сохраните снимок как JPEG или PNG"):
        clean_photo(photo(data))


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00" + b"\x00" * 100,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"just words",
        b"\x00",
    ],
)
def test_the_type_is_told_by_content_not_by_name(data):
    with pytest.raises(BadPhoto, match="Это не фотография"):
        clean_photo(photo(data, "photo.jpg"))


@pytest.mark.parametrize("lax", [False, True], ids=["Pillow alone", "beside WeasyPrint"])
def test_a_broken_photo_is_told(monkeypatch, lax):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lax)
    whole = encoded(Image.effect_noise((300, 300), 90), "JPEG")
    with pytest.raises(BadPhoto, match="повреждён"):
        clean_photo(photo(whole[: len(whole) // 2]))
    with pytest.raises(BadPhoto, match="повреждён"):
        clean_photo(photo(encoded(Image.new("RGB", (9, 9)), "PNG")[:40]))


def test_an_empty_file_is_told():
    with pytest.raises(BadPhoto, match="пуст"):
        clean_photo(photo(b""))


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(images, "MAX_BYTES", 100)
    with pytest.raises(BadPhoto, match="20 МБ"):
        clean_photo(photo(encoded(Image.new("RGB", (90, 90)))))


@pytest.mark.parametrize("size", [(7100, 7100), (12_000, 12_000), (20_000, 20_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    data = encoded(Image.new("1", size), "PNG")
    assert len(data) < 100_000
    with pytest.raises(BadPhoto, match="50 миллионов точек"):
        clean_photo(photo(data))


def test_a_file_read_before_is_read_from_its_start():
    file = photo(encoded(Image.new("RGB", (8, 8))))
    file.read()
    assert clean_photo(file).width == 8
