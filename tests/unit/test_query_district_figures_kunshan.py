"""Figures of areas of 昆山, each from hand-made sums."""

from __future__ import annotations

from tests.figures_asked import tally, values
from tests.readmodel_rows import OPEN_MONTH


class TestKunshan:
    """Figures of areas of 昆山."""

    def test_exams_ever_and_of_the_year(self) -> None:
        rows = [
            *tally("exams", "2025-06", passed=5, passed__2=5, taken__2=6, first__2=5),
            *tally("exams", "2026-06", passed=1, passed__3=3, taken__3=4, first__3=2, taken__2=1),
        ]
        assert values("ks_exam_passed_total", tallies=rows) == {
            "total": 6,
            "gate_2": 5,
            "gate_3": 3,
            "gate_5": 0,
        }
        assert values("ks_exam_passed_total", at="2025-12", tallies=rows)["total"] == 5
        assert values("ks_exam_pass_rate", tallies=rows) == {"rate": 0.4}

    def test_transfers_and_their_days(self) -> None:
        rows = [
            *tally("transfers_done", "2025-05", within=9),
            *tally("transfers_done", "2026-05", within=2, **{"in": 1}),
            *tally("transfers_done", OPEN_MONTH, out=1),
            *tally("transfer_days", "2026-05", **{"0003": 1, "0020": 2}),
            *tally("transfer_days", OPEN_MONTH, **{"0004": 1}),
            *tally("transfers_online", "2026-05", within=4, online=3),
        ]
        assert values("ks_transfers_total", tallies=rows) == {
            "total": 13, "year": 4, "month": 1, "within": 2, "in": 1, "out": 1,
        }  # fmt: skip
        assert values("ks_transfer_days", tallies=rows) == {"median": 12}
        assert values("ks_transfer_days", at="2025-05", tallies=rows) == {"median": "na"}
        assert values("ks_online_rate", tallies=rows) == {"rate": 0.75}

    def test_lessons_and_greetings(self) -> None:
        rows = [
            *tally("courses", "2024-01", lessons__rural=2, hours__rural=3.5),
            *tally("courses", "2026-05", lessons__skills=1, hours__skills=1),
            *tally("greetings", due=8, sent=6),
        ]
        assert values("ks_lessons_total", tallies=rows) == {"total": 3, "hours": 4.5, "rural": 2, "skills": 1}
        assert values("ks_greeting_sent_rate", tallies=rows) == {"rate": 0.75}

    CADRES = (
        *tally(
            "cadres", count__village_secretary=2, count__reserve=3, age_sum__village_secretary=101,
            age_sum__reserve=99, age__village_secretary__50=1, age__village_secretary__55=1, age__reserve__35=3,
            education__village_secretary__bachelor=1, education__village_secretary__unknown=1,
            education__reserve__secondary=3, reserve=3, units=2,
        ),
        *tally("cadre_updates", "2026-06", due=5, updated=5),
        *tally("cadre_updates", "2026-09", due=5, updated=4),
        *tally("cadre_training", "2025-12", reserve=99),
        *tally("cadre_training", "2026-02", reserve=100, village_secretary=50),
    )  # fmt: skip

    def test_cadres(self) -> None:
        rows = list(self.CADRES)
        ages = values("ks_cadre_avg_age", tallies=rows)
        assert ages == {"mean": 40, "reserve": 33, "village_secretary": 50.5}
        bands = values("ks_cadre_age_bands", tallies=rows)
        assert (bands["reserve|35"], bands["village_secretary|61"], len(bands)) == (3, 0, 16)
        education = values("ks_cadre_education", tallies=rows)
        assert (education["village_secretary|college"], education["reserve|college"]) == (1, 0)
        assert values("ks_cadre_reserve_ratio", tallies=rows) == {"ratio": 1.5}
        assert values("ks_cadre_update_rate", tallies=rows) == {"rate": 0.8}
        assert values("ks_cadre_training_hours", at="2026-09", tallies=rows) == {"mean": 30, "target": 42}
        assert values("ks_graduate_cadres", tallies=rows) == {"total": 0}
