"""Migrations tell all of the models; forward from zero they run for every test database."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.sources import ROOT, place, text

#: `schools.names` is pure, and a key of a row has to be the one that the code of today makes.
OF_OURS = {"common.fields", "common.files", "common.jobs", "schools.names"}


@pytest.mark.django_db
def test_models_and_migrations_agree():
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, no_color=True)
    except SystemExit:
        pytest.fail(f"manage.py makemigrations is due:\n{said.getvalue()}")


def test_migrations_import_no_code_that_may_change():
    """A model or a rule of today must not run in an old step; our own fields have to."""
    for path in sorted(ROOT.glob("*/migrations/0*.py")):
        for line in text(path).splitlines():
            if line.startswith(("import ", "from ")):
                module = line.split()[1]
                assert module.startswith("django") or module in OF_OURS, f"{place(path)}: {line}"
