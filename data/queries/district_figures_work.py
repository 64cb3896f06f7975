"""Headline figures of what is done: activities, dues, development, transfers, study, service, platform (§10)."""

from __future__ import annotations

from collections.abc import Mapping

from data.queries.figure_parts import Asked, Part, count, counts, of_persons, share
from data.queries.figures_of_month import Amount
from data.readmodel.measures.organisation_setup import INSTITUTIONS

SMALLEST_FLOW = 5
OTHER = "other"
STAGES = tuple(str(stage) for stage in range(1, 6))
LIBRARY = ("lecturer", "lecture", "video")


def activity_total(asked: Asked) -> list[Part]:
    """All organisations by type in the last thirteen months, those of branches alone in earlier ones."""
    found = asked.tally("activities_by_type", [asked.month])
    if not found:
        return [count("total", "activities", asked.measures("activities")["activities"])]
    return [count("total", "activities", sum(found.values())), *counts(found, "activities")]


def signin_total(asked: Asked) -> list[Part]:
    """By method for the district's open and last month only."""
    parts = [count("total", "sign-ins", asked.measures("signins")["signins"])]
    found = asked.tally("signins_by_method", [asked.month]) or {}
    return [*parts, *(count(method, "sign-ins", n) for method, n in sorted(found.items()))]


def attendance_rate(asked: Asked) -> list[Part]:
    row = asked.measures("present", "required")
    return [share("rate", row["present"], row["required"])]


def eight_x_rate(asked: Asked) -> list[Part]:
    """Pooled over the year to date, then each institution."""
    names = [f"{name}_{part}" for name in INSTITUTIONS for part in ("done", "due")]
    row = asked.measures(*names, months=asked.year_to_date)
    done, due = (_sum(row, part) for part in ("done", "due"))
    each = [share(name, row[f"{name}_done"], row[f"{name}_due"]) for name in INSTITUTIONS]
    return [share("rate", done, due), *each]


def _sum(row: Mapping[str, float | None], part: str) -> float | None:
    values = [row[f"{name}_{part}"] for name in INSTITUTIONS]
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def dues_collected(asked: Asked) -> list[Part]:
    """Yuan for the open and the last month, never for a town in reception; the rate of members for any month."""
    row = asked.measures("dues_full", "dues_owed")
    rate = share("rate", row["dues_full"], row["dues_owed"])
    if not asked.scope.names_lights:
        return [rate]
    found = asked.tally("dues_collected", [asked.month])
    amount = None if not found else found.get("collected", 0.0)
    return [count("collected", "CNY", amount), rate]


def dues_state(asked: Asked) -> list[Part]:
    names = ("dues_full", "dues_short", "dues_unpaid", "dues_makeup")
    row = asked.measures(*names)
    return of_persons(asked, [count(name.removeprefix("dues_"), "members", row[name]) for name in names])


def dev_funnel(asked: Asked) -> list[Part]:
    found = asked.tally("development_funnel")
    keys = [f"{kind}|{stage}" for kind in ("stage", "reached") for stage in STAGES]
    return of_persons(asked, counts(found, "persons", keys))


def dev_admitted(asked: Asked) -> list[Part]:
    """Of the calendar year to date."""
    found = asked.tally("development_admitted", asked.year_to_date)
    if found is None:
        return [count("total", "persons", None)]
    total = found.get("all", 0.0)
    traits = ("age_35", "college", "frontline", "women")
    return [
        count("total", "persons", total),
        *(share(trait, found.get(trait, 0.0), total) for trait in traits),
    ]


def transfer_flow(asked: Asked) -> list[Part]:
    """Of the year to date; flows below five are merged into ``<direction>|other|other``."""
    whole = Asked(asked.reader, asked.scope.with_focus(None), asked.month)
    found = whole.tally("transfer_flow", asked.year_to_date)
    if found is None:
        return counts(None, "transfers")
    merged: dict[str, float] = {}
    for key, n in found.items():
        direction = key.split("|")[0]
        kept = key if n >= SMALLEST_FLOW else f"{direction}|{OTHER}|{OTHER}"
        merged[kept] = merged.get(kept, 0.0) + n
    return of_persons(asked, [count(key, "transfers", merged[key]) for key in sorted(merged)])


def lost_total(asked: Asked) -> list[Part]:
    found = asked.tally("lost_contact")
    if found is None:
        return counts(None, "members")
    total, integrated = found.get("total", 0.0), found.get("integrated", 0.0)
    numbers = [count(key, "members", found.get(key, 0.0)) for key in ("total", "found", "integrated")]
    return [*of_persons(asked, numbers), share("rate", integrated, total)]


def floating_total(asked: Asked) -> list[Part]:
    return of_persons(asked, counts(asked.tally("floating"), "members", ("out", "in")))


def floating_report_rate(asked: Asked) -> list[Part]:
    """Of the last closed quarter by the end of the month."""
    back = int(asked.month[5:]) % 3
    if back == 0 and asked.month == asked.reader.version.open_month:
        back = 3
    row = asked.measures("floating_reported", "floating_due", months=[asked.before(back)])
    return [share("rate", row["floating_reported"], row["floating_due"])]


def study_hours_avg(asked: Asked) -> list[Part]:
    """Of the year to date, per member of the month."""
    hours = asked.measures("study_hours", months=asked.year_to_date)["study_hours"]
    members = asked.measures("members")["members"]
    return [share("mean", hours, members, "class hours")]


def volunteer_hours(asked: Asked) -> list[Part]:
    """Hours of the month; participation of members who take part in activities normally."""
    row = asked.measures("volunteer_hours", "served_in_month", "normal_members")
    return [
        count("hours", "hours", row["volunteer_hours"]),
        share("participation", row["served_in_month"], row["normal_members"]),
    ]


def reports_pushed(asked: Asked) -> list[Part]:
    """Both kinds together: pushed of generated, opened of pushed."""
    found = asked.tally("reports", [asked.month])
    if not found:
        return [count("generated", "reports", None), share("pushed", None, None), share("opened", None, None)]
    kinds = ("member_index", "branch_diagnosis")
    generated, pushed, opened = (
        sum(found.get(f"{kind}|{part}", 0.0) for kind in kinds) for part in ("generated", "pushed", "opened")
    )
    return [
        count("generated", "reports", generated),
        share("pushed", pushed, generated),
        share("opened", opened, pushed),
    ]


def login_compliance(asked: Asked) -> list[Part]:
    """Of the last full week, whatever the month."""
    found = asked.tally("logins")
    if not found:
        return [share("rate", None, None)]
    week = max(key.split("|")[0] for key in found)
    return [share("rate", found.get(f"{week}|compliant", 0.0), found.get(f"{week}|accounts", 0.0))]


def resource_use(asked: Asked) -> list[Part]:
    """The district's library, and the uses of the month by kind."""
    whole = Asked(asked.reader, asked.scope.with_focus(None), asked.month)
    found = whole.tally("resources")
    if found is None:
        return [Part("total", "items", Amount("nodata"))]
    items = [count(kind, "items", found.get(kind, 0.0)) for kind in LIBRARY]
    used = asked.tally("resource_use", [asked.month]) or {}
    return [*items, count("used", "times", sum(used.values()))]


FIGURES = {
    "d_activity_total": activity_total,
    "d_signin_total": signin_total,
    "d_attendance_rate": attendance_rate,
    "jn_eight_x_rate": eight_x_rate,
    "d_dues_collected": dues_collected,
    "d_dues_state": dues_state,
    "d_dev_funnel": dev_funnel,
    "d_dev_admitted": dev_admitted,
    "d_transfer_flow": transfer_flow,
    "d_lost_total": lost_total,
    "d_floating_total": floating_total,
    "d_floating_report_rate": floating_report_rate,
    "d_study_hours_avg": study_hours_avg,
    "d_volunteer_hours": volunteer_hours,
    "d_reports_pushed": reports_pushed,
    "d_login_compliance": login_compliance,
    "d_resource_use": resource_use,
}
