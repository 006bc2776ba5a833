from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PackedDeck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack", models.SlugField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("language", models.CharField(max_length=30)),
                ("text", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pack", "name", "language"), name="one_deck_of_a_name_in_a_pack"
                    )
                ],
            },
        ),
    ]
