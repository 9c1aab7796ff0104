
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communications', '0004_replies_and_publication'),
        ('deadlines', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='consent_narrowed',
            field=models.BooleanField(default=False, help_text='The source closed a use, and nobody has judged yet what is out already.', verbose_name='consent was narrowed'),
        ),
        migrations.AddField(
            model_name='case',
            name='consent_task',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deadlines.deadline', verbose_name='task after a narrower consent'),
        ),
    ]
