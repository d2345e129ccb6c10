"""Mix the weights of an exported model with those of a run that went on from it.  Usage: blend_names.py OUT MODEL RUN --share 0.8

What the run learned anew (other languages) stays, and less of what the model knew is lost than in the run alone (Wortsman and
others 2022, "Robust fine-tuning of zero-shot models"). MODEL is a folder with names.onnx and vocabulary.txt, RUN one with state.pt.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import exported
import graph
import torch
from network import Tagger


def main() -> None:
    """Read both, write their weighted mean."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--share", type=float, default=0.8, help="how much of the run goes in")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(options.model / "vocabulary.txt", options.out)
    graph.write(blended(options.model, options.run, options.share).weights(), options.out / "names.onnx")


def blended(model: Path, run: Path, share: float) -> Tagger:
    """Load a tagger with `share` of the run's weights and the rest of the model's."""
    tagger = exported.load(model / "names.onnx")
    learned, known = torch.load(run / "state.pt", weights_only=True), tagger.state_dict()
    tagger.load_state_dict({name: torch.lerp(value, learned[name], share) for name, value in known.items()})
    return tagger.eval()


if __name__ == "__main__":
    main()
