"""What the staff pages of the vault share: the frame of the staff site, and a page that asks before it acts."""

from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from iesogi.vault.enums import Slug
from iesogi.vault.forms import ConfirmForm
from iesogi.vault.models import Vault


def page(request, template, title, **context):
    return TemplateResponse(request, template, {**admin.site.each_context(request), "title": title, **context})


def own_vault(user):
    return Vault.objects.in_use().filter(user=user).first()


def confirm(request, title, question, *, back, label="", form=None, facts=()):
    return page(
        request,
        "vault/confirm.html",
        title,
        question=question,
        label=label or title,
        form=form or ConfirmForm(),
        back=reverse(back),
        facts=facts,
    )


def remind_of_rotations(request, slugs):
    for slug in slugs:
        sentence = _("Now rotate “%(channel)s”: until then the old key may still open it.")
        messages.warning(request, sentence % {"channel": Slug(slug).label})
