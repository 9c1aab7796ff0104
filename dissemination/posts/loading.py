"""Channels and what is printed of them (WP 2021-2023 para 40 and the contact lines)."""

from dissemination.posts.enums import ChannelMeasure, Network
from dissemination.posts.models import Channel, ChannelFigure
from iesogi.reference.enums import Evidence
from iesogi.reference.loading import Loader
from iesogi.reference.sources import Row


def load_channels(loader: Loader, contacts: list[Row], printed: Row) -> None:
    """The list `contacts` and the mapping `channels` of a work programme."""
    languages = printed.need("audience").need("languages")
    for row in contacts:
        if row.need("channel") in Network.values:
            key = {"network": row.need("channel"), "handle": row.need("value")}
            values = {"printed": row.get("printed") or "", "ref": row.need("ref"), "languages": list(languages)}
            loader.put(Channel, key=key, values=values, where=row.where)
    months = printed.need("period_months")
    _put(loader, printed.need("total"), "total", "Followers on all channels", months=months)
    for row in printed.need("lines"):
        network = Network(row.need("channel"))
        _put(loader, row, f"{network}-{row.need('measure')}", _label(row, network), network=network)
    _put_audience(loader, printed.need("audience"))


def _label(row: Row, network: Network) -> str:
    grew = row.need("measure") == ChannelMeasure.GROWTH
    return f"Growth on {network.label}, the fastest channel" if grew else f"Followers on {network.label}"


def _put(loader: Loader, row: Row, code: str, label: str, *, network: str = "", months: int | None = None) -> None:
    values = {
        "label": label,
        "network": network,
        "measure": row.need("measure"),
        "quantity": row["quantity"],
        "qualifier": row["qualifier"] or "",
        "months": months,
        "ref": row.need("ref"),
    }
    loader.put(ChannelFigure, key={"code": code.replace("_", "-")}, values=values, where=row.where)


def _put_audience(loader: Loader, row: Row) -> None:
    """Where the audience lives is printed in words only; no number is made of them."""
    lines = {
        "audience-first": ("Largest audience", "", row.need("first_country")),
        "audience-regions": ("Strong regions", "", ", ".join(row.need("strong_regions"))),
        "audience-asia": ("First in Asia", Network.FACEBOOK, ", ".join(row.need("asia_top_facebook"))),
        "audience-gap": (
            "Gap to close: only State reached there",
            "",
            f"{row.need('gap_region').need('code')}: {row.need('gap_region').need('only_country')}",
        ),
    }
    for code, (label, network, said) in lines.items():
        values = {
            "label": label,
            "network": network,
            "measure": ChannelMeasure.AUDIENCE,
            "quantity": None,
            "qualifier": "",
            "said": said,
            "evidence": Evidence.PRINTED,
            "ref": row.need("ref"),
        }
        loader.put(ChannelFigure, key={"code": code}, values=values, where=row.where)
