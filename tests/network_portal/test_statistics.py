"""Statistics of tables: SQLite has them after a refresh, PostgreSQL keeps its own."""

import pytest
from django.db import connection

from network_portal import statistics
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def test_the_planner_learns_how_many_schools_share_a_municipality():
    schools = SchoolFactory.create_batch(3)
    for school in schools[1:]:
        school.municipality = schools[0].municipality
        school.save()
    statistics.refresh()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx LIKE 'schools_sch_municip%%'")
            assert cursor.fetchone()[0].startswith("3 3 ")
