"""The first person of a new installation, who invites all the others."""

import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from network_portal.catalogues import load_catalogues
from schools.models import Membership

PASSWORD = "ADMIN_PASSWORD"  # noqa: S105 - the name of a variable, not a password


class Command(BaseCommand):
    help = (
        "Создаёт администратора и общие справочники новой установки. Пароль спрашивается; "
        f"без вопросов – из переменной {PASSWORD}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="электронная почта администратора")
        parser.add_argument("--name", default="", help="фамилия, имя, отчество")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        email = email.strip().lower()
        self._check(email)
        person = User(email=email, name=name, is_staff=True, is_superuser=True)
        password = os.environ.get(PASSWORD) or getpass("Пароль: ")
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise CommandError("Пароль не подошёл: " + " ".join(error.messages)) from error
        person.set_password(password)
        with transaction.atomic():
            load_catalogues()
            person.save()
            Membership.objects.create(
                user=person, role=Role.ADMINISTRATOR, name=name or email, email=email
            )
        self.stdout.write(
            f"Администратор {email} создан. Войдите, в служебном разделе добавьте муниципалитет "
            "и пригласите методиста."
        )

    def _check(self, email: str) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"«{email}» – не адрес электронной почты.") from error
        if User.objects.filter(email=email).exists():
            raise CommandError(f"Учётная запись {email} уже есть.")
