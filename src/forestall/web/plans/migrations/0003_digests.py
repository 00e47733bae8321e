"""This file knows since when the hash of a plan is kept beside it, and an index of who wrote what."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import migrations, models


def add_digests(apps: Any, schema_editor: object) -> None:
    """Write the hash of each document, as it is written with every change from now on."""
    plans = apps.get_model("plans", "Plan").objects
    for key, document in plans.values_list("pk", "document").iterator():
        plans.filter(pk=key).update(digest=hashlib.sha256(document.encode()).hexdigest())


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=64),
        ),
        migrations.RunPython(add_digests, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="planrevision",
            index=models.Index(fields=["plan", "what", "saved_by"], name="who_changed_what"),
        ),
    ]
