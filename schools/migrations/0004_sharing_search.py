"""Experience and resources are found by their own words, alike on both databases."""

from django.db import migrations

import common.fields


def folded(text):
    """The folding of the day this step was written, without the spellings of «№»."""
    plain = text.lower().replace("ё", "е").translate(dict.fromkeys(map(ord, "«»\"'")))
    return " ".join(plain.split())


def fill(apps, schema_editor):
    """Derived columns of the rows that are there already: `update` computes nothing."""
    for name, columns in (("Experience", ("text", "basis")), ("Resource", ("text",))):
        model = apps.get_model("schools", name)
        rows = list(model.objects.only("pk", *columns))
        for row in rows:
            row.search_key = folded(" ".join(getattr(row, column) for column in columns))[:700]
        model.objects.bulk_update(rows, ["search_key"], batch_size=500)


def column():
    return common.fields.DerivedField(
        compute="_search_key",
        default="",
        editable=False,
        max_length=700,
        verbose_name="ключ поиска",
    )


class Migration(migrations.Migration):
    dependencies = [("schools", "0003_list_and_categories")]

    operations = [
        migrations.AddField("experience", "search_key", column(), preserve_default=False),
        migrations.AddField("resource", "search_key", column(), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
