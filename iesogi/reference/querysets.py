from django.db import models


class CountryQuerySet(models.QuerySet):
    def members(self) -> models.QuerySet:
        """The 193 member States."""
        return self.filter(status="member")

    def get_by_natural_key(self, iso3: str):
        return self.get(iso3=iso3)


class SessionQuerySet(models.QuerySet):
    def of_the_mandate(self) -> models.QuerySet:
        """Sessions at which this mandate presents a report."""
        return self.filter(takes_report=True)
