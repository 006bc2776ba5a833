"""A bond's key has a day, and a roster of whom it may be sealed to."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bonds", "0002_a_first_question")]

    operations = [
        migrations.AddField("bond", "key_made_on", models.DateField(default=datetime.date.today)),
        migrations.AddField("bond", "roster", models.BinaryField(default=b""), preserve_default=False),
    ]
