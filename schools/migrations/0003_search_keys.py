"""Keys of search as they are made since the registry, for the rows that are there already."""

from django.db import migrations

from schools.names import school_key, search_text

BATCH = 1000


def fill(apps, schema_editor):
    """Experience and resources are found by their own words, alike on both databases."""
    for name, columns in (("Experience", ("text", "basis")), ("Resource", ("text",))):
        model = apps.get_model("schools", name)
        rows = list(model.objects.only("pk", *columns))
        for row in rows:
            row.search_key = folded(" ".join(getattr(row, column) for column in columns))[:700]
        model.objects.bulk_update(rows, ["search_key"], batch_size=500)


def folded(text):
    """The folding of the day this step was written, without the spellings of «№»."""
    plain = text.lower().replace("ё", "е").translate(dict.fromkeys(map(ord, "«»\"'")))
    return " ".join(plain.split())


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
    dependencies = [("schools", "0002_registry")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(recompute, migrations.RunPython.noop),
    ]
