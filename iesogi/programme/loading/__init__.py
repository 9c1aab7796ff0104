"""Load the work programme 2021-2023: its own records here, those of the wings by the wings' own loaders."""

from pathlib import Path

from communications.letters.loading import load_texts
from communications.loading import load_outcomes
from dissemination.campaigns.loading import load_campaigns
from dissemination.loading import load_engagement_counts
from dissemination.newsletter.loading import load_lists
from dissemination.posts.loading import load_channels
from dissemination.strategies.loading import load_templates
from iesogi.programme.loading import contradictions, figures, resources, text
from iesogi.programme.source import PROGRAMME, read_programme
from iesogi.reference.loading import Report, loading
from reports.calls.loading import load_calls
from reports.loading import load_issued_reports, load_method, load_themes
from visits.loading import (
    load_candidates,
    load_checklist,
    load_country_visits,
    load_funding_split,
    load_pipeline,
)


def load(path: Path = PROGRAMME, *, dry_run: bool = False) -> Report:
    """Load everything in one transaction and say what happened. Raises LoadError with nothing loaded.

    Reference data must be there: `load_reference` comes first.
    """
    data = read_programme(path)
    with loading(data["work_programme"]["label"], dry_run=dry_run) as loader:
        programme = text.load_programme(loader, data)
        sections = text.load_sections(loader, programme, data)
        text.load_paragraphs(loader, programme, sections, data["paragraph_topics"])
        figures.load_printed(loader, programme)
        figures.load_targets(loader, programme, data["product_targets"])
        figures.load_activities(loader, programme, data["activities_2018_2020"])
        resources.load_resources(loader, programme, data["resources"])
        resources.load_funding(loader, programme, data["funding"])
        contradictions.load_contradictions(loader, programme, data["contradictions"])
        load_themes(loader, data["research"])
        load_method(loader)
        load_issued_reports(loader)
        load_calls(loader, data["inputs"])
        load_country_visits(loader, data["visits"])
        load_candidates(loader, data["visits"])
        load_pipeline(loader, data["visits"])
        load_funding_split(loader, data["funding"])
        load_checklist(loader)
        load_outcomes(loader, data["communications"])
        load_texts(loader)
        load_engagement_counts(loader, data["engagements"])
        load_campaigns(loader, data["global_calls"], data["renewal_campaign"])
        load_lists(loader)
        load_channels(loader, data["mandate"]["contacts"], data["channels"])
        load_templates(loader)
    return loader.report
