from django.db import migrations


def mark(apps, schema_editor):
    """Deadlines of milestones are done at the milestone, where approvals are asked for."""
    Milestone = apps.get_model("reports", "Milestone")
    Deadline = apps.get_model("deadlines", "Deadline")
    known = Deadline.objects.filter(pk__in=Milestone.objects.values("deadline")).exclude(subject_url="")
    known.update(closed_at_subject=True)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_closed_at_subject"), ("reports", "0004_calls")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
