"""Keys of names as `schools.names` makes them now, for the rows that are there already."""

from django.db import migrations

from schools.names import school_key, search_text

BATCH = 1000


def recompute(apps, schema_editor):
    School = apps.get_model("schools", "School")
    taken = set(School.objects.values_list("municipality_id", "name_key"))
    for batch in _batches(School.objects.select_related("legal_form").order_by("pk")):
        for school in batch:
            school.search_key = search_text(
                legal_form=school.legal_form.name if school.legal_form else "",
                short_name=school.short_name,
                full_name=school.full_name,
                number=school.number,
                settlement=school.settlement,
            )
            key = (school.municipality_id, school_key(school.short_name)[:200])
            # Two schools that are one under the new key both stay: people will tell which goes.
            if key not in taken:
                taken.add(key)
                school.name_key = key[1]
        School.objects.bulk_update(batch, ["name_key", "search_key"])


def _batches(rows):
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("schools", "0005_import_confirmed_by")]

    operations = [migrations.RunPython(recompute, migrations.RunPython.noop)]
