"""Make a справка from a script: the same action and the same rendering as from the page."""

import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from common.academic_year import AcademicYear
from reports import rules
from reports.actions import order_document
from reports.enums import OF_A_MUNICIPALITY, DocumentKind, NetworkSection
from reports.models import Document
from schools.models import Membership, Municipality

#: Whose справка is made when nothing is said: the municipality of the demonstration.
EXAMPLE = "Муниципальное образование (пример)"


class Command(BaseCommand):
    help = "Формирует справку и записывает её в файл."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--kind", required=True, choices=[kind for kind, _ in OF_A_MUNICIPALITY], help="вид"
        )
        parser.add_argument("--out", required=True, metavar="FILE", help="куда записать PDF")
        parser.add_argument("--municipality", help="название или номер; по умолчанию – пример")
        parser.add_argument("--year", help="учебный год, 2026/27; по умолчанию – текущий")
        parser.add_argument(
            "--as", dest="email", help="от чьего имени; по умолчанию – председатель"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target = _writable(options["out"])
        municipality = _municipality(options["municipality"])
        person = _person(options["email"], municipality)
        document = order_document(
            municipality=municipality,
            kind=DocumentKind(options["kind"]),
            year=_year(options["year"]),
            sections=NetworkSection.values,
            signatory_post=municipality.signatory_post,
            signatory_name=municipality.signatory_name,
            by=person,
            wake_worker=False,
        )
        document = _rendered(document)
        _write(document, target)
        self.stdout.write(f"Страниц: {document.pages}")
        self.stdout.write(f"SHA-256: {document.sha256}")


def _writable(out: str) -> Path:
    target = Path(out).absolute()
    if target.is_dir():
        raise CommandError(f"--out: {out} – папка, а нужно имя файла.")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise CommandError(f"--out: в папку {target.parent} нельзя записать.")
    return target


def _municipality(wanted: str | None) -> Municipality:
    rows = Municipality.objects.all()
    if wanted is None:
        found = list(rows.filter(name=EXAMPLE)) or list(rows[:2])
        if len(found) == 1:
            return found[0]
        raise CommandError("Укажите --municipality: примера нет, а муниципалитетов не один.")
    row = rows.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    row = row or rows.filter(name=wanted).first()
    if row is None:
        known = ", ".join(rows.values_list("name", flat=True)) or "ни одного"
        raise CommandError(f"Нет муниципалитета «{wanted}». Есть: {known}.")
    return row


def _year(wanted: str | None) -> AcademicYear:
    try:
        return AcademicYear.parse(wanted) if wanted else AcademicYear.of(timezone.localdate())
    except ValueError as problem:
        raise CommandError(f"--year: {problem}") from problem


def _person(email: str | None, municipality: Municipality) -> User:
    if email:
        person = User.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise CommandError(f"--as: нет учётной записи {email}.")
    else:
        person = _chair(municipality)
    verdict = rules.can_order(person, municipality)
    if not verdict:
        raise CommandError(f"{person.email}: {verdict.reason}")
    return person


def _chair(municipality: Municipality) -> User:
    chairs = Membership.objects.active(timezone.localdate()).filter(
        municipality=municipality, role=Role.CHAIR, user__is_active=True
    )
    row = chairs.select_related("user").order_by("pk").first()
    if row is None or row.user is None:
        raise CommandError(f"В «{municipality}» нет председателя: укажите --as.")
    return row.user


def _rendered(document: Document) -> Document:
    # WeasyPrint takes a second to import; a wrong option should not wait for it.
    from reports.rendering import render_document

    made = render_document(document.pk)
    document.refresh_from_db()
    if not made:
        raise CommandError(document.error or "Справку уже формирует исполнитель.")
    return document


def _write(document: Document, target: Path) -> None:
    """Write beside and rename, so that a half-written file never has the asked name."""
    with document.file.open("rb") as source:
        content = source.read()
    partial = None
    try:
        with NamedTemporaryFile(dir=target.parent, delete=False) as file:
            partial = Path(file.name)
            file.write(content)
        partial.chmod(0o644)
        partial.replace(target)
    except OSError as problem:
        if partial:
            partial.unlink(missing_ok=True)
        raise CommandError(f"Не удалось записать {target}: {problem.strerror}.") from problem
