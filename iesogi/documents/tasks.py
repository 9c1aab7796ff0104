from celery import shared_task

from iesogi.documents import services


@shared_task(name=services.TASK, ignore_result=True)
def render(pk: int) -> None:
    services.perform(pk)
