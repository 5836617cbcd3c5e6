"""What a request may leave on the disk before anybody knows who sent it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from common.images import MAX_BYTES, BadPhoto, clean_photo

CHUNK = 64 * 1024


@pytest.fixture
def files_of():
    """Files as a view gets them; closed at the end, as at the end of a request."""
    requests = []

    def post(*sizes: int):
        photos = [SimpleUploadedFile("снимок.jpg", b"\xff\xd8\xff" + bytes(n)) for n in sizes]
        sent = {f"photo{number}": photo for number, photo in enumerate(photos)}
        requests.append(RequestFactory().post("/", sent))
        return requests[-1].FILES

    yield post
    for request in requests:
        request.close()


def kept(file) -> int:
    file.seek(0)
    return len(file.read())


def test_a_huge_file_is_not_kept_whole_and_its_form_still_says_so(files_of):
    photo = files_of(MAX_BYTES + 40 * CHUNK)["photo0"]

    assert kept(photo) <= MAX_BYTES + CHUNK
    with pytest.raises(BadPhoto, match="больше 20 МБ"):
        clean_photo(photo)


def test_many_files_share_one_allowance(files_of):
    files = files_of(MAX_BYTES, MAX_BYTES, MAX_BYTES)

    assert sum(kept(file) for file in files.values()) <= MAX_BYTES + CHUNK


def test_a_file_that_fits_comes_through_whole(files_of):
    photo = files_of(3 * 1024 * 1024)["photo0"]

    assert kept(photo) == photo.size == 3 * 1024 * 1024 + 3


@pytest.mark.django_db
def test_too_much_text_is_answered_by_a_page_of_ours():
    answer = Client().post(reverse("accounts:sign-in"), {"username": "x" * 3_000_000})

    assert answer.status_code == 400
    assert "слишком много текста" in answer.content.decode()
