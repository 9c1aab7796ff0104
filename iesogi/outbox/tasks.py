from celery import shared_task

from iesogi.outbox import services


@shared_task(name="iesogi.outbox.send", ignore_result=True)
def send(pk):
    services.send(pk)
