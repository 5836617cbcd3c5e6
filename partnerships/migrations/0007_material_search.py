"""Information resources are found by their words; there are no rows of them yet to fill."""

from django.db import migrations

import common.fields


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0006_statement_source")]

    operations = [
        migrations.AddField(
            "material",
            "search_key",
            common.fields.DerivedField(
                compute="_search_key",
                default="",
                editable=False,
                max_length=810,
                verbose_name="ключ поиска",
            ),
            preserve_default=False,
        ),
    ]
