"""Average the weights of several seeds into one model.  Usage: average_names.py OUT RUN [RUN ...]

OUT gets names.onnx and vocabulary.txt; with --gold and --fold also predictions for what the runs held back.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import graph
import torch
from network import Tagger
from train_names import predict, split

from dossierkit.extract.names.model import NameModel


def main() -> None:
    """Read the runs' states, write their mean."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--fold", type=int)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(options.runs[0] / "vocabulary.txt", options.out)
    graph.write(average(options.runs).weights(), options.out / "names.onnx")
    if options.gold:
        predict(NameModel(options.out), split(options.gold, options.fold)[1], options.out)


def average(runs: list[Path]) -> Tagger:
    """Load a tagger with the mean of the runs' weights."""
    states = [torch.load(run / "state.pt", weights_only=True) for run in runs]
    tagger = Tagger()
    tagger.load_state_dict(
        {key: torch.stack([state[key] for state in states]).mean(dim=0) for key in states[0]}
    )
    return tagger.eval()


if __name__ == "__main__":
    main()
