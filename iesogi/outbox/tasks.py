from celery import shared_task

from iesogi.outbox import lanes, services


@shared_task(name="iesogi.outbox.send", ignore_result=True)
def send(pk):
    services.send(pk)


@shared_task(name="iesogi.outbox.lane", ignore_result=True)
def lane(pk):
    """`pk` is that of a mailing. A lane that ran out of time leaves the rest to the tick."""
    lanes.run(pk)
