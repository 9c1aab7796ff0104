from django.db import migrations, models

# What was opened before; kinds that several rooms share are told apart by where they lead.
STEPS = [
    (
        {"kind__code__startswith": "report-", "closed_at_subject": True},
        "It is done once its milestone is, on the milestone's page.",
    ),
    ({"kind__code": "letter-reply"}, "It is done once a reply in substance is recorded for the letter."),
    (
        {"kind__code": "letter-first-steps"},
        "It is done once the page of the letter says what is known of first steps.",
    ),
    ({"kind__code": "reply-class"}, "It is done once the reply is classified on its page."),
    ({"kind__code": "case-retention"}, "It ends with the record, or moves when the end is put off on its page."),
    ({"kind__code": "visit-milestone"}, "It is done once its line of the checklist is, on the page of the visit."),
    ({"kind__code": "visit-request"}, "It is done once the visit takes its next step, on the page of the visit."),
    (
        {"subject_url__contains": "/visits/recommendation/"},
        "It is done once news is recorded on the page of the recommendation.",
    ),
    (
        {"subject_url__contains": "/dissemination/activity/"},
        "It is done once the activity is, on the activity's page.",
    ),
    (
        {"subject_url__contains": "/safety/reprisal/"},
        "It is done once the matter is closed on its page; a step there may move it.",
    ),
    (
        {"subject_url__contains": "/communications/publication/?session="},
        "It is done once nothing in its list waits for a second person any more.",
    ),
]


def say_what_closes_them(apps, schema_editor):
    opened = apps.get_model("deadlines", "Deadline").objects.filter(state="open").exclude(subject_url="")
    for which, step in STEPS:
        opened.filter(**which).update(closed_at_subject=True, closing_step=step)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_closed_at_subject")]

    operations = [
        migrations.AddField(
            model_name="deadline",
            name="closing_step",
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name="what closes it"),
        ),
        migrations.RunPython(say_what_closes_them, migrations.RunPython.noop),
    ]
