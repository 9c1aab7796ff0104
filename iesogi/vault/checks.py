"""Findings about keys, each with the page that says what to do."""

from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Finding

from iesogi.vault import installation

DOCS = "See “Ceremonies” in docs/security.md."


def check_installation_has_its_keys(app_configs, **kwargs):
    missing = {
        "E030": ("INTAKE_SECRET", installation.has_intake_secret(), "Reports cannot be taken without it."),
        "E031": (
            "RECOVERY_PUBLIC_KEY",
            installation.has_recovery_public(),
            "A lost passphrase could cost every case.",
        ),
    }
    return [
        Error(f"{name} is missing. {why}", hint=DOCS, id=f"iesogi.{number}")
        for number, (name, found, why) in missing.items()
        if not found
    ]


def check_no_recovery_half_is_here(app_configs, **kwargs):
    if not installation.halves_on_disk():
        return []
    return [
        Error(
            "Recovery halves lie on this machine; whoever copies them reads every case.",
            hint=f"Take the folder {installation.folder()} away. {DOCS}",
            id="iesogi.E032",
        )
    ]


def check_channels_have_enough_members(app_configs, databases=None, **kwargs):
    """Reads the database, so it runs only where a database is named: `check --deploy --database default`."""
    if not databases:
        return []
    from iesogi.vault.members import thin_channels  # models are not loaded when this module is

    return [
        Finding(
            f"The channel “{slug.value}” has {count} members; one lost passphrase would need the paper halves.",
            hint=f"Admit a second member. {DOCS}",
            id="iesogi.W033",
        )
        for slug, count in thin_channels().items()
    ]


def register_all():
    register(check_installation_has_its_keys, Tags.security, deploy=True)
    register(check_no_recovery_half_is_here, Tags.security, deploy=True)
    register(check_channels_have_enough_members, Tags.database, deploy=True)
