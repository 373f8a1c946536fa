"""A YAML text as a tree that remembers its lines; a faulty text gives the tree of what could be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pingyi.authoring.problems import Problem
from pingyi.authoring.repair import cleaned
from pingyi.authoring.yaml_faults import fault, faulty_line

MOST_CHARACTERS = 400_000
MOST_LEVELS = 30
MOST_SYNTAX_FAULTS = 12


@dataclass(slots=True)
class Scalar:
    """One value as written; an unquoted empty or `null` one has no value."""

    line: int
    column: int
    text: str = ""
    is_plain: bool = False

    @property
    def is_null(self) -> bool:
        """Whether nothing was written."""
        return self.is_plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Listing:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Names and their values, in their order, doubles included; `ends` is the last line that belongs to it."""

    line: int
    column: int
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    ends: int = 0


Node = Scalar | Listing | Mapping


@dataclass(slots=True)
class Tree:
    """What a text gave: its root, its problems, and the lines that could not be read."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)


def parse(text: str) -> Tree:
    """Read a text; every fault of form is listed, and the lines between the faults are still read."""
    if len(text) > MOST_CHARACTERS:
        return Tree(problems=[Problem(code="too_large", facts={"size": len(text), "limit": MOST_CHARACTERS})])
    text, problems = cleaned(text)
    lines = text.split("\n")
    unread: set[int] = set()
    while True:
        builder = _Builder()
        try:
            builder.read("\n".join(lines))
            break
        except YAMLError as error:
            bad = faulty_line(error, lines)
            problems.append(_where(error, lines))
            if bad is None or len(unread) >= MOST_SYNTAX_FAULTS:
                problems.append(Problem(code="more_syntax", line=problems[-1].line, column=1))
                break
            unread.add(bad)
            lines[bad] = ""
    return Tree(root=builder.root, problems=problems + builder.problems, unread={line + 1 for line in unread})


def _where(error: YAMLError, lines: list[str]) -> Problem:
    code, line, column, facts = fault(error, lines)
    return Problem(code=code, line=line + 1, column=column + 1, facts=facts)


class _Builder:
    """Builds the tree from the parser's events, without recursion and without following aliases."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[Listing | Mapping] = []
        self._keys: list[Node | None] = []
        self._documents = 0
        self._skipped = 0

    def read(self, text: str) -> None:
        """Take every event of the first document."""
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self._report("second_document", event)
                    return
            self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._enter(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._leave(event)
        elif isinstance(event, ScalarEvent) and not self._skipped:
            self._note_tag(event)
            line, column = _place(event)
            self._put(Scalar(line, column, event.value, is_plain=event.style is None))
        elif isinstance(event, AliasEvent) and not self._skipped:
            self._report("alias", event)
            line, column = _place(event)
            self._put(Scalar(line, column, "", is_plain=True))

    def _enter(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if self._skipped or len(self._open) >= MOST_LEVELS:
            if not self._skipped:
                self._report("too_deep", event, limit=MOST_LEVELS)
            self._skipped += 1
            return
        self._note_tag(event)
        line, column = _place(event)
        node = Mapping(line, column) if isinstance(event, MappingStartEvent) else Listing(line, column)
        self._put(node)
        self._open.append(node)
        self._keys.append(None)

    def _leave(self, event: Event) -> None:
        if self._skipped:
            self._skipped -= 1
            if not self._skipped:
                self._put(Scalar(*_place(event), "", is_plain=True))
            return
        node = self._open.pop()
        self._keys.pop()
        if isinstance(node, Mapping):
            node.ends = _place(event)[0]

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
        elif self._keys[-1] is None:
            self._keys[-1] = node
        else:
            self._add(parent, self._keys[-1], node)
            self._keys[-1] = None

    def _add(self, parent: Mapping, key: Node, node: Node) -> None:
        if isinstance(key, Scalar):
            parent.entries.append((key, node))
        else:
            self.problems.append(Problem(code="name_not_text", line=key.line, column=key.column))

    def _note_tag(self, event: Event) -> None:
        tag = getattr(event, "tag", None)
        if tag:
            self._report("tag", event, tag=re.sub(r"^tag:yaml.org,2002:", "!!", str(tag)))

    def _report(self, code: str, event: Event, **facts: object) -> None:
        line, column = _place(event)
        self.problems.append(Problem(code=code, line=line, column=column, facts=facts))


def _place(event: Event) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
