from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bonds", "0005_a_way_back")]

    operations = [
        migrations.AddField("firstquestion", "is_open", models.BooleanField(default=False)),
    ]
