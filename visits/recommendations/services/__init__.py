"""Every write with a consequence: it locks the row, judges, writes and leaves an audit entry."""

from visits.recommendations.services.findings import assess
from visits.recommendations.services.news import ask_for_news
from visits.recommendations.services.publishing import publish, withdraw
from visits.recommendations.services.updates import accept, decline, tell

__all__ = ["accept", "ask_for_news", "assess", "decline", "publish", "tell", "withdraw"]
