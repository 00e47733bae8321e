"""This file knows the change after which a plan has one open consultation at most."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def close_the_earlier(apps: Any, _editor: Any) -> None:
    """Keep the latest where two were opened at the same moment, and close the others."""
    consultations = apps.get_model("consultation", "Consultation")
    still_open = consultations.objects.filter(closed_at__isnull=True)
    seen = set()
    for number, plan in still_open.order_by("-pk").values_list("pk", "plan_id"):
        if plan in seen:
            consultations.objects.filter(pk=number).update(closed_at=timezone.now())
        seen.add(plan)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0001_initial")]

    operations = [
        migrations.RunPython(close_the_earlier, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_consultation_a_plan",
            ),
        ),
    ]
