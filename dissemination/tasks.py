from celery import shared_task

from dissemination.newsletter import sending


@shared_task(name=sending.FAN_OUT, ignore_result=True)
def fan_out(pk):
    sending.fan_out(pk)
