"""The static-bright ledger: how long every lamp of a wall shows one and the same bright value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Shares = NDArray[np.float32]

# A lamp counts as bright from half of its range on (a fifth of its light); two neighbouring bins are one value, so a
# value at the border of a bin is not torn apart.
BINS = 16
FIRST_BRIGHT_BIN = 8
GAMMA = 2.2


@dataclass(frozen=True)
class Ledger:
    """Per pixel: ``share`` of the time (0-1) it shows one bright value, ``light`` the mean linear light (0-1) of its
    most loaded colour."""

    share: Shares
    light: Shares

    def worn(self, from_share: float) -> float:
        """Share of the wall that shows one bright value for at least this share of the time."""
        return float((self.share >= from_share).mean())

    @property
    def worst(self) -> float:
        """Largest static-bright share of a pixel."""
        return float(self.share.max())


def ledger_of(
    frames: Iterable[tuple[Pixels, float]], shifts: Sequence[tuple[int, int]] = ((0, 0),)
) -> Ledger:
    """The ledger of frames (height × width × 3) with their shares of the time, each shown at all shifts alike.

    What a shift leaves bare is black. Empty frames: ValueError.
    """
    bright: Shares | None = None
    light: Shares | None = None
    total = 0.0
    for frame, weight in frames:
        if bright is None or light is None:
            bright = np.zeros((BINS - FIRST_BRIGHT_BIN, *frame.shape[:2]), np.float32)
            light = np.zeros((3, *frame.shape[:2]), np.float32)
        _add(bright, light, frame, weight)
        total += weight
    if bright is None or light is None or not total:
        raise ValueError("no frames")
    wandering = np.stack([_wandered(layer, shifts) for layer in (*bright, *light)]) / np.float32(total)
    values, lights = wandering[: len(bright)], wandering[len(bright) :]
    paired = [values[i] + values[i + 1] for i in range(len(values) - 1)]
    share: Shares = np.maximum.reduce(paired)
    return Ledger(np.minimum(share, 1), lights.max(axis=0))


def _add(bright: Shares, light: Shares, frame: Pixels, weight: float) -> None:
    """Count one frame into the bins of bright values and into the light of the three colours."""
    bins = frame.max(axis=2) // (256 // BINS)
    for i in range(len(bright)):
        bright[i][bins == FIRST_BRIGHT_BIN + i] += weight
    linear = ((np.arange(256) / 255) ** GAMMA * weight).astype(np.float32)
    for colour in range(3):
        light[colour] += linear[frame[:, :, colour]]


def _wandered(layer: Shares, shifts: Sequence[tuple[int, int]]) -> Shares:
    """The mean of a layer over all shifts: a sum of shifted frames is the shifted sum."""
    height, width = layer.shape
    found = np.zeros_like(layer)
    for right, down in shifts:
        target = found[max(0, down) : height + min(0, down), max(0, right) : width + min(0, right)]
        target += layer[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]
    return found / np.float32(len(shifts))
