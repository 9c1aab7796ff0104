"""Many letters at once: one page shows what would happen to which, and why not to others; a POST of it does it.

Each letter is judged again when it is done, in a step of its own. So one that somebody else was faster with is left
out with its sentence, and does not undo the others.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from communications.models import Letter
from communications.permissions import may_take_steps

# A page that is still read whole, and a form that stays within Django's thousand fields.
AT_ONCE = 200
DO = "do"  # the name of the button that does it; any other only looks again


def chosen(modeladmin, request, queryset):
    """The letters in a fixed order; None, with a message, where they are more than anybody would read through."""
    decision = may_take_steps(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    letters = list(queryset.order_by("pk")[: AT_ONCE + 1])
    if len(letters) <= AT_ONCE:
        return letters
    said = _("You chose more than %(most)d letters. Choose fewer, so that the list of them can be read.")
    modeladmin.message_user(request, said % {"most": AT_ONCE}, messages.ERROR)
    return None


def page(request, name, *, title, action, letters, **context):
    """The page goes back to the list by the address it came from, so that no filter drops a letter meanwhile."""
    given = {"title": title, "opts": Letter._meta, "action": action, "letters": letters, "do": DO}
    return TemplateResponse(request, name, admin.site.each_context(request) | given | context)


def tell(modeladmin, request, done, left_out):
    """What was done in one sentence; then letter by letter why others were left out."""
    if done:
        modeladmin.message_user(request, done, messages.SUCCESS)
    if left_out:
        lines = format_html_join("", "<li><bdi>{}</bdi>: {}</li>", left_out)
        modeladmin.message_user(request, format_html("{}<ul>{}</ul>", _("Left out:"), lines), messages.WARNING)
