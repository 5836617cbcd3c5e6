import hashlib

import pytest

from common.files import StoredFile, clean_name, stored_path


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("фото.jpg", "фото.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Документы\\фото.jpg", "фото.jpg"),
        ('а<b>"\n.jpg', "аb.jpg"),
        ("...", "файл"),
        ("", "файл"),
        ("я" * 300 + ".jpg", "я" * 196 + ".jpg"),
    ],
)
def test_clean_name(name, clean):
    assert clean_name(name) == clean


class Stored:
    content_type = "image/jpeg"

    class _meta:
        app_label = "roadmaps"


def test_the_name_in_the_store_tells_nothing_and_cannot_be_guessed():
    one, other = (stored_path(Stored(), "Иванов.php") for _ in range(2))
    assert one != other
    assert one.startswith("roadmaps/")
    assert one.endswith(".jpg")
    assert "Иванов" not in one


def test_of_content_describes_the_bytes(monkeypatch):
    made = {}

    class Fake:
        of_content = classmethod(StoredFile.of_content.__func__)

        def __init__(self, **values):
            made.update(values)

    Fake.of_content(b"abc", original_name="x/а.jpg", content_type="image/jpeg", by=None, note="к")
    assert made["file"].read() == b"abc"
    assert (made["size"], made["original_name"], made["note"]) == (3, "а.jpg", "к")
    assert made["sha256"] == hashlib.sha256(b"abc").hexdigest()
