"""Reports, themes and the method for staff; each package registers its own pages as it is read here."""

from reports.admin import milestones, reports, themes  # noqa: F401
from reports.calls import admin as calls  # noqa: F401
from reports.consultations import admin as consultations  # noqa: F401
from reports.contributions import admin as contributions  # noqa: F401
from reports.findings import admin as findings  # noqa: F401
