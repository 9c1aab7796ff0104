"""The Celery application. Rows hold the work; a task only says that a row may be due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iesogi.settings")

app = Celery("iesogi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
