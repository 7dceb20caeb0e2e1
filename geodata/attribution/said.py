"""A sentence with what it quotes and counts kept apart, so that it can be told in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Value: TypeAlias = "str | int | Said"
"""Text stands as it is, a number is a count, a sentence is told in the language of the one that holds it."""
LEFT_OUT = "…"


class Quoted(str):
    """What a sentence takes from the reader's list: left out where like sentences are counted together."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An English template with names in braces, and the values that stand for them; ``str()`` is the sentence in English."""

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)
    quoted: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, template: str, /, **values: Value) -> Said:
        """A sentence with its values by their names in the template."""
        # Plain texts in plain dictionaries: of a million sentences, only these are walked by Python's collector.
        quoted = {name: str(value) for name, value in values.items() if isinstance(value, Quoted)}
        return cls(template, {name: value for name, value in values.items() if name not in quoted}, quoted)

    def told(self, say: Callable[[str], str], number: Callable[[int], str]) -> str:
        """The sentence in a language: ``say`` gives its template, ``number`` writes a count."""
        template = say(self.template)
        if not self.values and not self.quoted:
            return template
        told = {
            name: value.told(say, number)
            if isinstance(value, Said)
            else number(value)
            if isinstance(value, int)
            else value
            for name, value in self.values.items()
        }
        return template.format_map({**told, **self.quoted})

    def kind(self) -> Said:
        """The sentence without what it quotes."""
        bare = {name: value.kind() if isinstance(value, Said) else value for name, value in self.values.items()}
        return Said(self.template, bare, dict.fromkeys(self.quoted, LEFT_OUT))

    def __hash__(self) -> int:
        return hash((self.template, *self.values.items(), *self.quoted.items()))

    def __str__(self) -> str:
        return self.told(lambda template: template, lambda count: f"{count:,}")


def joined(one: Said, other: Said) -> Said:
    """Two things that are to be said of the same row."""
    return Said.of("{one}; {other}", one=one, other=other)


class SaidError(ValueError):
    """What is wrong, as a sentence that can be told in any language; its text is English, on one line."""

    def __init__(self, template: str, /, **values: Value) -> None:
        """Keep a template with its values, as :meth:`Said.of` does."""
        self.said = Said.of(template, **values)
        super().__init__(
            "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(self.said))
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors travel between processes."""
        return _again, (type(self), self.said)


def _again(kind: type[SaidError], said: Said) -> SaidError:
    return kind(said.template, **said.values, **{name: Quoted(text) for name, text in said.quoted.items()})
