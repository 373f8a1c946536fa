"""Every sentence that this house can say to people, in both languages, with the place that says it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa.adapter import get_adapter as factor_adapter
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.utils import translation

import pingyi
from pingyi import words
from pingyi.web import messages
from pingyi.web.words_used import wanted_by

TREE = Path(__file__).resolve().parents[2] / "src" / "pingyi"
LANGUAGES = ("zh-hans", "en")
# What validators and fields tell: a limit, and how much there is.
FACTS: Mapping[str, object] = {
    "limit_value": 3, "show_value": 4, "max": 3, "min": 3, "length": 4, "value": "甲", "values": "甲",
    "extension": "doc", "allowed_extensions": "pdf", "field_name": "甲",
}  # fmt: skip


class Said(NamedTuple):
    """One sentence in one language; `is_fault` where it tells somebody that something is wrong."""

    where: str
    language: str
    text: str
    is_fault: bool = True


def everything() -> list[Said]:
    """Return all of them, each once."""
    found = [*_refusals(), *_pure_tables(), *_catalogs(), *_forms(), *_passwords(), *_accounts()]
    return list({(one.language, one.text): one for one in reversed(found)}.values())


def house_forms() -> list[type[forms.BaseForm]]:
    """Return every form that a page of this house shows."""
    for module in pkgutil.walk_packages(pingyi.__path__, "pingyi."):
        if ".forms" in module.name and "tests" not in module.name:
            importlib.import_module(module.name)
    found: set[type[forms.BaseForm]] = {one for one in _below(forms.BaseForm) if one.__module__.startswith("pingyi.")}
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    below: list[type[Any]] = kind.__subclasses__()
    for one in below:
        yield one
        yield from _below(one)


def _refusals() -> Iterator[Said]:
    for language in LANGUAGES:
        with translation.override(language):
            yield from [Said(f"refusal {code}", language, str(text)) for code, text in words.REFUSALS.items()]


def _pure_tables() -> Iterator[Said]:
    """Yield the pairs of the packages that know no Django: (Chinese, English), or `Bilingual(zh=…, en=…)`."""
    for path in sorted(TREE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            pair = _pair(node)
            if pair is not None:
                where = f"{path.relative_to(TREE).as_posix()}:{getattr(node, 'lineno', 0)}"
                yield from (Said(where, language, text) for language, text in zip(LANGUAGES, pair, strict=True))


def _pair(node: ast.AST) -> tuple[str, str] | None:
    parts: list[ast.expr] = []
    if isinstance(node, ast.Tuple):
        parts = node.elts
    elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Bilingual":
        named = {one.arg: one.value for one in node.keywords}
        parts = [named[name] for name in ("zh", "en") if name in named]
    texts = [one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if len(parts) != 2 or len(texts) != 2 or not _is_chinese(texts[0]) or _is_chinese(texts[1]):
        return None
    return texts[0], texts[1]


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _catalogs() -> Iterator[Said]:
    places: dict[str, list[str]] = {}
    for one in wanted_by(TREE):
        for text in filter(None, (one.msgid, one.plural)):
            places.setdefault(text, []).append(one.path.relative_to(TREE).as_posix())
    for path in sorted(TREE.rglob(messages.CATALOG.as_posix())):
        for message in messages.read(path):
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
            where = " ".join(sorted({place for one in ids for place in places.get(one, ["elsewhere"])}))
            if any(ids):
                yield from (Said(where, "en", one, is_fault=False) for one in ids)
                yield from (Said(where, "zh-hans", one, is_fault=False) for one in texts)


def _forms() -> Iterator[Said]:
    for form in house_forms():
        for name, field in getattr(form, "base_fields", {}).items():
            faults = [*field.error_messages.values(), *(getattr(one, "message", "") for one in field.validators)]
            yield from _rendered(f"{form.__module__}.{form.__qualname__}.{name}", [one for one in faults if one])


def _rendered(where: str, faults: list[object]) -> Iterator[Said]:
    for language in LANGUAGES:
        with translation.override(language):
            for fault in faults:
                yield from (Said(where, language, text) for text in ValidationError(fault, params=FACTS).messages)


def _passwords() -> Iterator[Said]:
    """Yield what is said to a password that is too short, too common, or too much like the user's name."""
    someone = SimpleNamespace(username="zhou1234567890", _meta=SimpleNamespace(get_field=_field))
    for language in LANGUAGES:
        with translation.override(language):
            for validator in get_default_password_validators():
                yield Said(f"{type(validator).__name__} beforehand", language, str(validator.get_help_text()))
                for password in ("a", "password", "zhou1234567890"):
                    try:
                        validator.validate(password, someone)
                    except ValidationError as refused:
                        yield from (Said(type(validator).__name__, language, text) for text in refused.messages)


def _field(_name: str) -> SimpleNamespace:
    return SimpleNamespace(verbose_name=translation.gettext("Username"))


def _accounts() -> Iterator[Said]:
    for adapter in (account_adapter(), factor_adapter()):
        for language in LANGUAGES:
            with translation.override(language):
                yield from (
                    Said(f"account {code}", language, str(text)) for code, text in adapter.error_messages.items()
                )
