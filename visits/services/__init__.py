"""Every write with a consequence: it locks the row, judges, writes and leaves an audit entry."""

from visits.services.candidates import begin, log_contact, make_visit
from visits.services.checklist import complete_item, plan_checklist
from visits.services.guards import missing_for, no_findings, open_terms
from visits.services.reporting import follow_up, report_step
from visits.services.requests import accept_terms, answer_term, invite, remind
from visits.services.steps import postpone, replan, step
from visits.services.warnings import warnings_for, warnings_of_plan

__all__ = [
    "accept_terms", "answer_term", "begin", "complete_item", "follow_up", "invite", "log_contact", "make_visit",
    "missing_for", "no_findings", "open_terms", "plan_checklist", "postpone", "remind", "replan", "report_step",
    "step", "warnings_for", "warnings_of_plan",
]  # fmt: skip
