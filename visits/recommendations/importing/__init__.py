"""Files of recommendations: read, judged row by row, and taken in whole or not at all."""

from visits.recommendations.importing.judging import Judged, judge
from visits.recommendations.importing.reading import FileRefused, read
from visits.recommendations.importing.taking_in import take_in

__all__ = ["FileRefused", "Judged", "judge", "read", "take_in"]
