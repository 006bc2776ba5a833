"""Each move says whose bond it is of, as every table of a bond does."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bonds", "0001_initial"),
        ("sittings", "0002_what_time_alone_tells"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="bond",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bonds.bond"
            ),
        ),
    ]
