"""A person's secret in the key store can be replaced by another one: it has a name of its own."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def name_them(apps: Any, _editor: Any) -> None:  # Any: as Django calls it
    """Until now a person's secret was called as the person."""
    apps.get_model("vault", "Identity").objects.update(shred=F("user_id"))


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_devices")]

    operations = [
        migrations.AddField("identity", "shred", models.UUIDField(null=True)),
        migrations.RunPython(name_them, migrations.RunPython.noop),
        migrations.AlterField("identity", "shred", models.UUIDField()),
    ]
