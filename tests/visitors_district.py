"""What of a marked district is not for visitors: half of its organisations, positions, resources, posts and needs.

Texts that are no person's are marked as well, so that each one found says of which row it is; places that are not
public stand on meridians of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.marked_district import AMOUNT, ORGANISATION, PERSON
from tests.naive.district import District

TEXT = re.compile(r"▲(\w+)\.(\d+)▲")
# Degrees of places that are not public, in steps of a millionth.
HIDDEN_LNG, HIDDEN_LAT = 121.3170, 29.7130
HIDDEN_PLACE = re.compile(r"121\.3170\d\d|29\.7130\d\d")
# Whose titles may name somebody: an admission, an appointment, who was met, who is helped.
OF_PERSONS = {"disclosure", "notice", "snapshot", "discussion", "poverty_help", "medical"}
# One member's dues however they are written; 80/81 is 0.98765432…, that is none.
MONEY = re.compile(rf"(?<![\d.])(?:{AMOUNT:.0f}|{AMOUNT:,.0f})(?!\d)|(?<![\d.]){int(AMOUNT)}(?!\d)")
LIGHT_WORDS = re.compile("红灯|黄灯|红线|黄线|红黄|预警|警示|逾期|末位|后进|软弱涣散|需诊治|亚健康")


def hide_half(district: District) -> None:
    """Mark and hide; the district committee stays public, whoever looks at its wall knows it."""
    chance = district.chance
    for row in district.rows["organizations"][1:]:
        row["is_public"] = chance.random() < 0.5
        if not row["is_public"]:
            _displace(row, row["org_id"])
    for row in district.rows["venues"]:
        row |= {"name": f"▲venues.{row['venue_id']}▲", "is_public": chance.random() < 0.5}
        row |= {"lng": 121.4 + chance.random() / 10, "lat": 29.8 + chance.random() / 10}
        if not row["is_public"]:
            _displace(row, row["venue_id"])
    for row in district.rows["posts"]:
        row |= {"title": f"▲posts.{row['post_id']}▲", "is_public": chance.random() < 0.5}
        row["post_kind"] = chance.choice(["branch_news", "practice", *sorted(OF_PERSONS)[:1]])
    for row in district.rows["activities"]:
        row["title"] = f"▲activities.{row['activity_id']}▲"
    _add_resources(district)
    _add_needs(district)


def _displace(row: dict[str, Any], number: int) -> None:
    row |= {"lng": round(HIDDEN_LNG + number / 1e6, 6), "lat": round(HIDDEN_LAT + number / 1e6, 6)}


def _add_resources(district: District) -> None:
    for number in range(1, 13):
        district.add(
            "resources", "resource_id", title=f"▲resources.{number}▲", topic="party_history", is_active=True,
            resource_kind=district.chance.choice(["lecture", "video", "base"]), is_public=number % 2 == 0,
            published_on=district.now.date(),
        )  # fmt: skip


def _add_needs(district: District) -> None:
    for number in range(1, 25):
        district.add(
            "volunteer_projects", "project_id", title=f"▲volunteer_projects.{number}▲", status="open", slots=9,
            org_id=district.chance.choice(district.rows["organizations"])["org_id"],
            service_kind=district.chance.choice(["community", "culture", "poverty_help", "medical"]),
            published_at=district.now, start_on=district.now.date(), end_on=district.now.date(),
        )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What visitors of this district may be told."""

    organisations: frozenset[int]
    texts: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, district: District) -> Told:
        """By the marks of the operational rows alone, whatever the product makes of them."""
        rows = district.rows
        public = frozenset(int(row["org_id"]) for row in rows["organizations"] if row["is_public"])
        texts = {("venues", row["venue_id"]) for row in rows["venues"] if row["is_public"]}
        texts |= {("resources", row["resource_id"]) for row in rows["resources"] if row["is_public"]}
        texts |= {
            ("posts", row["post_id"])
            for row in rows["posts"]
            if row["is_public"] and row["org_id"] in public and row["post_kind"] not in OF_PERSONS
        }
        texts |= {
            ("volunteer_projects", row["project_id"])
            for row in rows["volunteer_projects"]
            if row["org_id"] in public and row["service_kind"] not in OF_PERSONS
        }
        return cls(public, frozenset(texts))

    def complaints(self, text: str) -> list[str]:
        """What this text says that is not for visitors."""
        found = [
            f"organisation {one}"
            for one in set(ORGANISATION.findall(text))
            if int(one) not in self.organisations
        ]
        found += [
            f"{table} {row}" for table, row in set(TEXT.findall(text)) if (table, int(row)) not in self.texts
        ]
        found += [f"{table}.{column} of row {row}" for table, column, row in set(PERSON.findall(text))]
        found += [f"place {one}" for one in set(HIDDEN_PLACE.findall(text))]
        return found + [f"amount {one}" for one in set(MONEY.findall(text))]


def texts_of(tree: Any) -> str:
    """All words of a JSON value in their order."""
    if isinstance(tree, dict):
        return " ".join(texts_of(value) for value in tree.values())
    if isinstance(tree, list):
        return " ".join(texts_of(value) for value in tree)
    return tree if isinstance(tree, str) else ""
