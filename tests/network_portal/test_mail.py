"""Without a mail server a letter lies in the outbox, whole, and is printed."""

import pytest
from django.core.mail import EmailMessage, send_mail

from accounts.outbox import letters, names


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    settings.EMAIL_BACKEND = "network_portal.mail.OutboxBackend"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return settings.OUTBOX_DIR


def send(subject: str = "Приглашение", body: str = "Ссылка: http://127.0.0.1/i/abc") -> int:
    return send_mail(subject, body, "portal@example.org", ["ivanova@example.org"])


def test_letter_is_stored_and_printed(capsys):
    assert send() == 1

    letter = letters()[0]
    assert letter.to == "ivanova@example.org"
    assert letter.subject == "Приглашение"
    assert letter.text.strip() == "Ссылка: http://127.0.0.1/i/abc"
    printed = capsys.readouterr().err
    assert "ivanova@example.org" in printed
    assert "Ссылка: http://127.0.0.1/i/abc" in printed


def test_newest_letters_come_first_and_the_list_is_cut():
    for number in range(3):
        send(f"Письмо {number}")

    assert [letter.subject for letter in letters(names()[:2])] == ["Письмо 2", "Письмо 1"]


def test_a_letter_opens_the_door_so_only_its_owner_reads_it(outbox):
    send()

    assert [file.stat().st_mode & 0o077 for file in outbox.iterdir()] == [0]
    assert outbox.stat().st_mode & 0o077 == 0


def test_a_line_break_in_the_subject_forges_no_header():
    with pytest.raises(ValueError, match="Header values"):
        send("Тема\nBcc: chuzhoy@example.org")

    assert letters() == []


def test_html_stays_text():
    send(body="<script>alert(1)</script>")

    assert letters()[0].text.strip() == "<script>alert(1)</script>"


def test_a_folder_that_takes_no_files_is_an_error_unless_silence_was_asked(outbox):
    outbox.write_text("файл вместо папки")

    with pytest.raises(OSError):
        send()
    assert EmailMessage("Тема", "Текст", to=["a@example.org"]).send(fail_silently=True) == 0


def test_no_outbox_yet_is_an_empty_list():
    assert letters() == []


def test_a_broken_file_is_left_out(outbox):
    send()
    (outbox / "20200101-000000-000000-broken.eml").mkdir()

    assert len(letters()) == 1
