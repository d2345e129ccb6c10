"""Make the weights of `extract/events/undated.py` from judged sentences.

usage: train_undated.py [--folds]

`undated.csv` has one judged sentence a line: where it is from, 1 if an editor would keep it as an event of the day (in the
timelines: if the gold has it), and its signs. Weights are of a logistic model, in hundredths; `least` is chosen, not learned.
With --folds, prints what the model keeps of sentences that it has not learned from.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
OUT = HERE.parent / "scripts" / "dossierkit" / "data" / "en" / "undated_weights.yml"
HEAD = "# Made by training/train_undated.py: hundredths of a logit for each sign of extract/events/undated.py. Do not edit.\n"
LEAST = 0
TIMELINES = 0.5  # weight of a sentence of the timelines, whose annotators keep what anybody says
PENALTY = 1.0
STEPS = 50
Array = NDArray[np.float64]


def read() -> list[tuple[str, str, int, frozenset[str]]]:
    with (HERE / "undated.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["from"], row["document"], int(row["kept"]), frozenset(row["signs"].split()))
            for row in csv.DictReader(file)
        ]


def fitted(signs: Array, kept: Array, weight: Array) -> Array:
    """The weights by Newton's method, the last one the bias, which is not penalised."""
    found = np.zeros(signs.shape[1])
    penalty = np.eye(len(found)) * PENALTY
    penalty[-1, -1] = 0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-signs @ found))
        curve = (signs.T * (weight * chance * (1 - chance))) @ signs + penalty
        found -= np.linalg.solve(curve, signs.T @ (weight * (chance - kept)) + penalty @ found)
    return found


def matrix() -> tuple[list[str], Array, Array, Array]:
    rows = read()
    names = sorted({sign for *_, signs in rows for sign in signs})
    signs = np.array([[*(float(name in own) for name in names), 1.0] for *_, own in rows])
    kept = np.array([float(row[2]) for row in rows])
    return names, signs, kept, np.array([TIMELINES if row[0] == "timelines" else 1.0 for row in rows])


def weights() -> dict[str, int]:
    names, signs, kept, weight = matrix()
    found = [round(100 * float(value)) for value in fitted(signs, kept, weight)]
    return {**dict(zip([*names, "bias"], found, strict=True)), "least": LEAST}


def folds(count: int = 8) -> None:
    _, signs, kept, weight = matrix()
    rows = read()
    documents = sorted({row[1] for row in rows})
    fold = np.array([documents.index(row[1]) % count for row in rows])
    score = np.zeros(len(rows))
    for one in range(count):
        own = fold == one
        score[own] = signs[own] @ fitted(signs[~own], kept[~own], weight[~own])
    for timelines in (False, True):
        among = np.array([(row[0] == "timelines") == timelines for row in rows])
        for least in (-0.5, -0.25, 0.0, 0.25, 0.5):
            chosen = among & (score > least)
            right = kept[chosen].sum()
            print(f"{'timelines' if timelines else 'editors'} {least:+.2f}: {chosen.sum()} of {among.sum()} kept, "
                  f"{right:.0f} right ({right / chosen.sum():.0%}), of {kept[among].sum():.0f}")  # fmt: skip


def main() -> None:
    if "--folds" in sys.argv:
        folds()
        return
    lines = [f"{name}: {value}\n" for name, value in weights().items()]
    OUT.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
