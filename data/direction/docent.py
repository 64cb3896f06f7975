"""What the docent of a scripted visit says while its step is shown, beside the command that ordered the step."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """The words of one scene, with its title; "" and "" after the last step."""

    scene: str
    text: str


@dataclass(frozen=True)
class Docent:
    """Step ``step`` of ``steps`` of a visit, which lasts ``seconds``, and the words of the one after it."""

    title: str
    step: int
    steps: int
    seconds: int
    now: Said
    next: Said
