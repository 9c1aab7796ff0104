from axe_playwright_python.sync_playwright import Axe

WEIGHTY = {"serious", "critical"}


def serious_findings(page) -> list[str]:
    """What keeps people out, by rule and place. Needs a page with scripts on."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found
        if each["impact"] in WEIGHTY
        for node in each["nodes"]
    ]
