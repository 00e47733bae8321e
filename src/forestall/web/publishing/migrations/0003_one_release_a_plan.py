"""This file knows the change after which one publication of a plan is read at most."""

from typing import Any

from django.db import migrations, models


def keep_the_latest(apps: Any, _editor: Any) -> None:
    """Keep the latest where two were released at the same moment; it replaces the others."""
    releases = apps.get_model("publishing", "Release")
    read = releases.objects.filter(state="released", plan__isnull=False)
    seen = set()
    for number, plan in read.order_by("-released_at", "-pk").values_list("pk", "plan_id"):
        if plan in seen:
            releases.objects.filter(pk=number).update(state="superseded")
        seen.add(plan)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_reports")]

    operations = [
        migrations.RunPython(keep_the_latest, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state="released", plan__isnull=False),
                name="one_release_a_plan",
            ),
        ),
    ]
