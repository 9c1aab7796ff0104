"""Every write with a consequence: it locks the row, judges, writes and leaves an audit entry."""

from iesogi.safety.services.assessments import decide, revise
from iesogi.safety.services.reprisals import close, flag, record_demand, reopen, take_step

__all__ = ["close", "decide", "flag", "record_demand", "reopen", "revise", "take_step"]
