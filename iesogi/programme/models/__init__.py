"""The work programme as records: text, promises, baseline, resources, and where it contradicts itself."""

from iesogi.programme.models.document import Footnote, Paragraph, Section, WorkProgramme
from iesogi.programme.models.figures import ActivityCount, Contradiction, PrintedFigure, ProductTarget, Statement
from iesogi.programme.models.resources import FundingRule, FundingShare, Materialised, Resource

__all__ = [
    "ActivityCount",
    "Contradiction",
    "Footnote",
    "FundingRule",
    "FundingShare",
    "Materialised",
    "Paragraph",
    "PrintedFigure",
    "ProductTarget",
    "Resource",
    "Section",
    "Statement",
    "WorkProgramme",
]
