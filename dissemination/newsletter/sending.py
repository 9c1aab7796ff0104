"""An issue on its way: first the text as one mailing, then a row for each reader, handful by handful.

Every handful is one transaction under the lock of the issue, which remembers how far it got. So any number of workers,
killed at any point, write each reader's mail once; from there the outbox takes over (docs/adr/0003).
"""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dissemination.markdown import to_html, to_text
from dissemination.newsletter import links
from dissemination.newsletter.enums import IssueState, SubscriptionState
from dissemination.newsletter.exceptions import NewsletterRefused
from dissemination.newsletter.models import Delivery, Issue, Subscriber
from iesogi.audit import services as audit
from iesogi.outbox import services as outbox
from iesogi.outbox import wakeup
from iesogi.outbox.models import Mail, Mailing
from iesogi.outbox.written import marker

FAN_OUT = "dissemination.newsletter.fan_out"
HANDFUL = 500
# RFC 8058: mail programs show a button that posts exactly this, without asking anything.
ONE_CLICK = "List-Unsubscribe=One-Click"


def readers(issue: Issue) -> QuerySet:
    """Whoever had confirmed the list when sending began, reads the language, and can be reached."""
    confirmed = {"subscriptions__list": issue.list_id, "subscriptions__state": SubscriptionState.ACTIVE}
    if issue.sending_since:
        confirmed["subscriptions__confirmed_at__lte"] = issue.sending_since
    found = Subscriber.objects.reachable().filter(**confirmed)
    return found if issue.to_all_languages else found.filter(language=issue.language)


def written(issue: Issue) -> dict[str, str]:
    """Subject, text and html of an issue, with markers where each reader's own links go."""
    with translation.override(issue.language):
        context = {
            "issue": issue,
            "list": issue.list.name,
            "leave_url": marker("leave_url"),
            "choose_url": marker("choose_url"),
            "archive_url": settings.PORTAL_URL + issue.get_absolute_url() if issue.is_archived else "",
            "body_text": to_text(issue.body),
            "body_html": to_html(issue.body),
        }
        return {
            "subject": issue.subject,
            "text": render_to_string("emails/newsletter/issue.txt", context).strip() + "\n",
            "html": render_to_string("emails/newsletter/issue.html", context),
        }


def headers(issue: Issue) -> dict[str, str]:
    host = settings.PORTAL_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return {
        "List-Id": f"<{issue.list.code}.newsletter.{host}>",
        "List-Unsubscribe": f"<{marker('leave_url')}>",
        "List-Unsubscribe-Post": ONE_CLICK,
        "Precedence": "bulk",
    }


def own_links(issue: Issue, subscriber: Subscriber) -> dict[str, str]:
    return {
        "leave_url": links.url("leave", subscriber, issue.list),
        "choose_url": links.url("preferences", subscriber),
    }


@transaction.atomic
def send(issue: Issue, *, by) -> Issue:
    """From here on the text is fixed. Workers write the mails; nothing is sent inside this call."""
    issue = _locked(issue, IssueState.SENDING)
    count = readers(issue).count()
    if not count:
        raise NewsletterRefused(_("Nobody would get this issue: no confirmed reader of the list has its language."))
    issue.mailing = Mailing.objects.create(**written(issue), headers=headers(issue))
    issue.state, issue.recipients, issue.sending_since = IssueState.SENDING, count, timezone.now()
    issue.save(update_fields=["mailing", "state", "recipients", "sending_since"])
    audit.record(by=by, verb="issue.sent", target=issue, recipients=count)
    wakeup.wake(FAN_OUT, issue.pk)
    return issue


@transaction.atomic
def stop(issue: Issue, *, by) -> Issue:
    """What has not left is called back; what has left cannot be."""
    issue = _locked(issue, IssueState.STOPPED)
    issue.state = IssueState.STOPPED
    issue.save(update_fields=["state"])
    called_back = outbox.withdraw(Mail.objects.filter(mailing=issue.mailing_id))
    audit.record(by=by, verb="issue.stopped", target=issue, called_back=called_back)
    return issue


def _locked(issue: Issue, to: IssueState) -> Issue:
    issue = Issue.objects.select_for_update(of=("self",)).select_related("list").get(pk=issue.pk)
    was = IssueState(issue.state)
    if to not in was.successors:
        raise NewsletterRefused(
            _("An issue that is “%(was)s” cannot become “%(to)s”. Reload the page to see how it stands.")
            % {"was": was.label, "to": to.label}
        )
    return issue


def send_sample(issue: Issue, *, by) -> Mail:
    """To whoever asks, with links that lead to the public page instead of somebody's own."""
    said = written(issue)
    page = settings.PORTAL_URL + "/newsletter/"
    for name in ("leave_url", "choose_url"):
        said = {part: words.replace(marker(name), page) for part, words in said.items()}
    said["subject"] = _("Sample: %(subject)s") % {"subject": said["subject"]}
    mail = outbox.queue(to=by.email, **said)
    audit.record(by=by, verb="issue.sample_sent", target=issue)
    return mail


# --- In the workers -------------------------------------------------------------------------------


def fan_out(pk: int) -> int:
    """Write the mails of an issue until every reader has one. How many were written by this call."""
    written_here = 0
    while count := _write_some(pk):
        written_here += count
    return written_here


@transaction.atomic
def _write_some(pk: int) -> int:
    issue = Issue.objects.select_for_update(of=("self",)).select_related("list", "mailing").get(pk=pk)
    if issue.state != IssueState.SENDING:
        return 0
    some = list(readers(issue).filter(pk__gt=issue.reached).order_by("pk")[:HANDFUL])
    if not some:
        return 0
    rows = outbox.write_many(
        issue.mailing,
        [
            Mail(
                mailing=issue.mailing,
                to=reader.email,
                subject=issue.mailing.subject,
                merge=own_links(issue, reader),
                private=True,
                subject_label=issue.subject[:200],
            )
            for reader in some
        ],
    )
    Delivery.objects.bulk_create(
        [Delivery(issue=issue, subscriber=reader, mail=mail) for reader, mail in zip(some, rows, strict=True)],
        batch_size=HANDFUL,
    )
    issue.reached = some[-1].pk
    issue.save(update_fields=["reached"])
    return len(some)


def drive(*, enqueue: bool) -> dict[str, int]:
    """Every issue on its way is driven on, and marked as sent once no mail of it is left to do."""
    under_way = list(Issue.objects.filter(state=IssueState.SENDING).values_list("pk", flat=True))
    done = sum(_finish(pk) for pk in under_way)
    if enqueue:
        return {
            "issues_woken": wakeup.wake_now(FAN_OUT, under_way, expires=wakeup.EXPIRES_SECONDS),
            "issues_sent": done,
        }
    return {"issue_mails_written": sum(fan_out(pk) for pk in under_way), "issues_sent": done}


@transaction.atomic
def _finish(pk: int) -> bool:
    issue = Issue.objects.select_for_update().get(pk=pk)
    left = readers(issue).filter(pk__gt=issue.reached).exists() or issue.deliveries.unfinished().exists()
    if left or issue.state != IssueState.SENDING:
        return False
    issue.state, issue.sent_at = IssueState.SENT, timezone.now()
    issue.save(update_fields=["state", "sent_at"])
    audit.record(by=None, verb="issue.finished", target=issue)
    return True
