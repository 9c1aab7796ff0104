"""Numbers of posts and days of channels out of CSV, as the networks let people download them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dissemination.posts.enums import Network, Trait
from dissemination.posts.models import AudienceShare, Channel, ChannelDay, PostNumbers, PostVersion
from dissemination.tables import Table


class ChannelRow(forms.Form):
    network = forms.ChoiceField(choices=Network)
    handle = forms.CharField(max_length=100)
    day = forms.DateField()

    def clean(self):
        data = super().clean()
        if {"network", "handle"} <= data.keys():
            data["channel"] = Channel.objects.filter(network=data["network"], handle__iexact=data["handle"]).first()
            if data["channel"] is None:
                raise forms.ValidationError(
                    _("There is no channel “%(handle)s” on that network. Add the channel first.")
                    % {"handle": data["handle"]}
                )
        return data


class DayRow(ChannelRow):
    followers = forms.IntegerField(min_value=0)

    def save(self):
        data = self.cleaned_data
        return ChannelDay.objects.create(channel=data["channel"], on=data["day"], followers=data["followers"])


class AudienceRow(ChannelRow):
    trait = forms.ChoiceField(choices=Trait)
    group = forms.CharField(max_length=60)
    people = forms.IntegerField(min_value=0)

    def clean(self):
        data = super().clean()
        if data.get("channel") and data.get("day"):
            data["channel_day"] = ChannelDay.objects.filter(channel=data["channel"], on=data["day"]).first()
            if data["channel_day"] is None:
                raise forms.ValidationError(_("The channel has no followers for that day. Import its days first."))
        return data

    def save(self):
        data = self.cleaned_data
        return AudienceShare.objects.create(
            day=data["channel_day"], trait=data["trait"], group=data["group"], people=data["people"]
        )


class NumbersRow(forms.Form):
    post = forms.IntegerField(min_value=1)
    day = forms.DateField()
    reach = forms.IntegerField(min_value=0)
    reactions = forms.IntegerField(min_value=0, required=False)
    comments = forms.IntegerField(min_value=0, required=False)
    shares = forms.IntegerField(min_value=0, required=False)

    def clean_post(self):
        version = PostVersion.objects.filter(pk=self.cleaned_data["post"]).first()
        if version is None or version.posted_at is None:
            raise forms.ValidationError(_("No posted version has this number. It stands in the address of its page."))
        return version

    def save(self):
        data = self.cleaned_data
        measures = {name: data[name] or 0 for name in ("reach", "reactions", "comments", "shares")}
        return PostNumbers.objects.create(version=data["post"], on=data["day"], **measures)


_CHANNEL = {
    "network": gettext_lazy("facebook, twitter, linkedin or instagram"),
    "handle": gettext_lazy("name of the channel on the network"),
    "day": gettext_lazy("for example 2021-05-17"),
}
DAYS = Table(
    name="channelday",
    model=ChannelDay,
    columns=_CHANNEL | {"followers": gettext_lazy("how many followers on that day")},
    needed=("network", "handle", "day", "followers"),
    form=DayRow,
    same=lambda row: ChannelDay.objects.filter(channel=row["channel"], on=row["day"]).exists(),
)
AUDIENCE = Table(
    name="audience",
    model=AudienceShare,
    columns=_CHANNEL
    | {
        "trait": gettext_lazy("gender, age, language or place"),
        "group": gettext_lazy("as the network names it, for example 25-34"),
        "people": gettext_lazy("how many followers belong to it"),
    },
    needed=("network", "handle", "day", "trait", "group", "people"),
    form=AudienceRow,
    same=lambda row: AudienceShare.objects.filter(
        day=row["channel_day"], trait=row["trait"], group=row["group"]
    ).exists(),
)
NUMBERS = Table(
    name="postnumbers",
    model=PostNumbers,
    columns={
        "post": gettext_lazy("number of the version, as in the address of its page"),
        "day": gettext_lazy("for example 2021-05-17"),
        "reach": gettext_lazy("people reached up to that day"),
        "reactions": gettext_lazy("up to that day"),
        "comments": gettext_lazy("up to that day"),
        "shares": gettext_lazy("up to that day"),
    },
    needed=("post", "day", "reach"),
    form=NumbersRow,
    same=lambda row: PostNumbers.objects.filter(version=row["post"], on=row["day"]).exists(),
)
