"""Risk assessments, and the register of reprisals. Rows are neutral: who is concerned stands in sealed cases only."""

from iesogi.safety.models.assessments import RiskAssessment, validate_precautions
from iesogi.safety.models.reprisals import Reprisal, ReprisalStep

__all__ = ["Reprisal", "ReprisalStep", "RiskAssessment", "validate_precautions"]
