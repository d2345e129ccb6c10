"""Extraction of one article -> a proposal whose page passes the checks: ids, forms and questions.

Entities without a record get an id made from name and type, or the id of the record with that name. Each keeps the
forms by which its page finds it, except forms of other entities, which become questions. Entities that the page
would not find are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossierkit.evidence.candidates.leads import leads
from dossierkit.evidence.candidates.learnt import Learnt, learnt
from dossierkit.evidence.gathering import bearer
from dossierkit.evidence.mentioned import mentioned
from dossierkit.extract.forms import bare
from dossierkit.extract.propose import item_key
from dossierkit.model.decision import Decision
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal, ProposedEntity, Question
from dossierkit.model.record import Record
from dossierkit.model.source import Article
from dossierkit.text.declension import full_forms
from dossierkit.text.fold import fold, name_id
from dossierkit.text.match import Matcher, same_form
from dossierkit.text.named import Bearer, Unsettled, short_forms
from dossierkit.text.segment import sentences

_SEVERAL = "Which of these is “{}”?"


@dataclass(frozen=True, slots=True)
class Settler:
    """Prepares proposals. `records`: all records; `led`: ids made from names -> records with these names."""

    records: Mapping[str, Record]
    led: Mapping[str, tuple[str, ...]]
    learnt: Learnt

    def __call__(self, article: Article, found: Proposal) -> Proposal:
        here = {fold(entity.name): self.learnt.typed(entity).type for entity in found.entities}
        meant = {
            entity.entity: self._identified(entity, here)
            for entity in found.entities
            if not self.learnt.is_junk(entity)
        }
        borne = [entity for entity in meant.values() if len(self._bearers_of(entity)) > 1]
        joined = _joined(entity for entity in meant.values() if entity not in borne)
        entities, unsettled = self._supported(article, joined)
        ids = {old: entity.entity for old, entity in meant.items()}
        questions = (
            *_asked(article, unsettled),
            *(_question(article, entity.forms[0], self._bearers_of(entity)) for entity in borne),
            *_others(found.questions, ids, unsettled),
        )
        supported = {entity.entity for entity in entities}
        timeline = tuple(
            replace(entry, entities=_once((ids.get(id_, "") for id_ in entry.entities), supported))
            for entry in found.timeline
            if self.learnt.unwanted(entry) is None
        )
        decided = self.learnt.notes(found.entities, found.timeline)
        return replace(
            found,
            entities=entities,
            timeline=timeline,
            questions=_distinct(questions),
            notes=(*found.notes, *decided, *_left_out(joined, supported, unsettled)),
        )

    def _bearers_of(self, entity: ProposedEntity) -> tuple[str, ...]:
        return () if entity.known else self.led.get(entity.entity, ())

    def _identified(self, entity: ProposedEntity, here: Mapping[str, str]) -> ProposedEntity:
        """The entity with the id of its record, or of its name and its decided or proposed type."""
        if entity.known:
            return entity
        entity = self.learnt.typed(entity)
        id_ = name_id(entity.name, entity.type)
        known = self.led.get(id_, ())
        record = self.records[known[0]] if len(known) == 1 else None
        if record is not None:
            return replace(
                entity, key=item_key("entity", record.id), entity=record.id, name=record.title, type=record.type,
                known=True,
            )  # fmt: skip
        entity = entity if known else self.learnt.named(entity, here)
        id_ = name_id(entity.name, entity.type)
        return replace(entity, key=item_key("entity", id_), entity=id_)

    def _supported(
        self, article: Article, entities: Sequence[ProposedEntity]
    ) -> tuple[tuple[ProposedEntity, ...], tuple[Unsettled, ...]]:
        """The entities that the page will find, with their forms, and the forms that several of them have."""
        given = {name.entity: self._with_forms(name, article) for name in self._without_short_names(entities)}
        while True:
            listed = _unshared(given.values())
            borne = [self._bearer(entity) for entity in listed]
            found = mentioned(article.text, article.title, article.lang, borne)
            spoken = {span.entity for span in found.spans}
            supported = [entity for entity in listed if entity.entity in spoken]
            if len(supported) == len(given):
                return tuple(supported), found.unsettled
            given = {entity.entity: given[entity.entity] for entity in supported}

    def _without_short_names(self, entities: Sequence[ProposedEntity]) -> list[ProposedEntity]:
        """The entities, without people known only by a name that several others have in full."""
        bearing: defaultdict[str, set[str]] = defaultdict(set)
        for entity in entities:
            bearer = self._bearer(entity)
            for name in (*bearer.here, *bearer.names) if entity.type == "person" else ():
                for form in short_forms(name):
                    bearing[fold(form)].add(entity.entity)
        return [
            entity
            for entity in entities
            if entity.known
            or entity.type != "person"
            or len(bearing[fold(entity.name)] - {entity.entity}) < 2
        ]

    def _with_forms(self, entity: ProposedEntity, article: Article) -> ProposedEntity:
        record = self.records.get(entity.entity)
        names = [entity.name] if not entity.known else []
        if record is not None and entity.known:
            weak = [name.text for name in record.weak_aliases] if _in_full(record, article) else []
            names = [*full_forms(record), *weak]
        also = list(entity.also)
        for form in _spoken(entity):
            if (0, len(form), 0) not in Matcher([(name, 0) for name in (*names, *also)]).find(form):
                also.append(form)
        return replace(entity, also=tuple(also))

    def _bearer(self, entity: ProposedEntity) -> Bearer:
        record = self.records.get(entity.entity) if entity.known else None
        name = "" if record else entity.name
        return bearer(EntityRef(entity.entity, entity.also, name=name, type=entity.type), record)


def _in_full(record: Record, article: Article) -> bool:
    """Whether the page finds the record's weak aliases; a capital beside its country may be named by nothing else."""
    full = Matcher([(name, 0) for name in full_forms(record)])
    return record.type != "place" or bool(full.find(f"{article.title}\n{article.text}"))


def settler(records: Mapping[str, Record], decisions: Iterable[Decision]) -> Settler:
    """A Settler with people's decisions."""
    known = learnt(decisions)
    return Settler(records, known.led(leads(records.values()), records), known)


def _spoken(entity: ProposedEntity) -> tuple[str, ...]:
    """The forms in the text, shortest first: bare if they are names, and not common words without a number."""
    forms: dict[str, None] = {}
    for form in entity.forms:
        short = bare(form, entity.type)
        forms[short if short and short in form else form] = None
    names = [
        form for form in forms if form != form.lower() or form == form.upper() or any(map(str.isdigit, form))
    ]
    return tuple(sorted(names, key=lambda form: (len(form.split()), len(form), form)))


def _unshared(entities: Iterable[ProposedEntity]) -> list[ProposedEntity]:
    """The entities, without forms of other entities, or that are short for another's full name."""
    listed = list(entities)
    claims: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for entity in listed:
        for form in (entity.name, *entity.also):
            claims[same_form(form)].add(entity.entity)
        if entity.type == "person":
            for form in short_forms(entity.name):
                claims[same_form(form)].add(entity.entity)
    return [
        replace(entity, also=tuple(form for form in entity.also if len(claims[same_form(form)]) == 1))
        for entity in listed
    ]


def _joined(entities: Iterable[ProposedEntity]) -> tuple[ProposedEntity, ...]:
    """Each entity once, with all its forms, under the data of its best mention."""
    found: dict[str, ProposedEntity] = {}
    for proposed_entity in entities:
        first = found.setdefault(proposed_entity.entity, proposed_entity)
        if first is not proposed_entity:
            best = max((first, proposed_entity), key=lambda entity: (entity.score, -entity.start))
            found[proposed_entity.entity] = replace(
                best,
                forms=tuple(dict.fromkeys((*first.forms, *proposed_entity.forms))),
                also=tuple(dict.fromkeys((*first.also, *proposed_entity.also))),
                mentions=first.mentions + proposed_entity.mentions,
            )
    return tuple(found.values())


def _once(ids: Iterable[str], supported: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for id_ in ids if id_ in supported))


def _asked(article: Article, unsettled: Iterable[Unsettled]) -> Iterator[Question]:
    for one in unsettled:
        yield _question(article, one.form, one.bearers)


def _question(article: Article, form: str, ids: tuple[str, ...]) -> Question:
    key = "q-" + "-".join((fold(form).replace(" ", "-"), *ids))
    return Question(key, _SEVERAL.format(form), ids, _sentence(article, form), form)


def _sentence(article: Article, form: str) -> str:
    found = Matcher([(form, 0)]).find(article.text)
    at = found[0][0] if found else 0
    cut = sentences(article.text, article.lang)
    return next(
        (
            article.text[sentence.start : sentence.end]
            for sentence in cut
            if sentence.start <= at < sentence.end
        ),
        "",
    )


def _others(
    questions: Iterable[Question], ids: Mapping[str, str], unsettled: Iterable[Unsettled]
) -> Iterator[Question]:
    """Other questions of the extractor, with current ids, without repeating earlier ones."""
    asked = {f"“{fold(one.form)}”" for one in unsettled}
    for one in questions:
        about = tuple(dict.fromkeys(ids.get(id_, id_) for id_ in one.candidates))
        became_one = len(about) < 2 <= len(one.candidates)
        if not became_one and not any(form in fold(one.text) for form in asked):
            key = "-".join((one.key.removesuffix("-" + "-".join(one.candidates)), *about))
            yield replace(one, key=key, candidates=about)


def _distinct(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple({question.key: question for question in questions}.values())


def _left_out(
    entities: Iterable[ProposedEntity], supported: Collection[str], unsettled: Iterable[Unsettled]
) -> Iterator[str]:
    asked = {fold(one.form) for one in unsettled}
    left = [
        entity.name
        for entity in entities
        if entity.entity not in supported and fold(entity.name) not in asked
    ]
    if left:
        yield f"left out, since the text does not name them by themselves: {', '.join(left)}"
