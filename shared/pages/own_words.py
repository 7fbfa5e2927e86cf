"""What templates say of the county is said in its own words: 全县 of a banner is 全旗 wherever a template has it.

A template is read once for every county, so that the word is asked for when a page is shown. What a template prints of
what people wrote is none of its text, and stays as they wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from shared.countys_own import ALONE, own

ASKED_FOR = "kind_of_county"


def kind_here() -> str:
    """县, 旗, 区 or 市, of the county whose page is answered."""
    return own().kind


class OwnWords(Extension):
    """Puts a question for the word in its place."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Text, and texts that templates hand on to one another."""
        for token in stream:
            pieces = ALONE.split(token.value) if token.type in ("data", "string") else ()
            if len(pieces) < 2:
                yield token
            else:
                yield from (_printed if token.type == "data" else _joined)(pieces, token.lineno)


def _asked(line: int) -> Iterator[Token]:
    for type, value in (("name", ASKED_FOR), ("lparen", "("), ("rparen", ")")):
        yield Token(line, type, value)


def _printed(pieces: list[str], line: int) -> Iterator[Token]:
    for n, piece in enumerate(pieces):
        if n:
            yield Token(line, "variable_begin", "{{")
            yield from _asked(line)
            yield Token(line, "variable_end", "}}")
        yield Token(line, "data", piece)


def _joined(pieces: list[str], line: int) -> Iterator[Token]:
    yield Token(line, "lparen", "(")
    for n, piece in enumerate(pieces):
        if n:
            yield Token(line, "tilde", "~")
            yield from _asked(line)
            yield Token(line, "tilde", "~")
        yield Token(line, "string", piece)
    yield Token(line, "rparen", ")")
