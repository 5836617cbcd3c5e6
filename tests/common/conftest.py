import pytest
from django.db import connection

from tests.common.tables import TABLES


@pytest.fixture(scope="package")
def _tables(django_db_setup, django_db_blocker):
    """Tables of the test models, made once and outside of the tests' transactions."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for table in TABLES:
                editor.create_model(table)
        yield
        with connection.schema_editor() as editor:
            for table in reversed(TABLES):
                editor.delete_model(table)


@pytest.fixture
def tables(_tables, db):
    """Ask for this to use the models of `tests.common.tables`."""
