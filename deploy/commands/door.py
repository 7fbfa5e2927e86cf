"""`lianban` itself: the groups of its verbs, and of which county it speaks. The verbs stand in `verbs`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from deploy.commands.compose import typed
from deploy.commands.next_step import next_step
from deploy.commands.place import Place, found_here, speaker_at
from deploy.commands.speaker import Speaker

FOUNDING = "立县 To found a county"
LETTING_IN = "站点和程序 Stations and programs"
SAVING = "备份和恢复 To save and bring back"
COUNTING = "数据 Figures"
MENDING = "核对和补救 To put right"
HERE = frozenset({"backup", "found", "restore", "restore-photos", "people-keys", "support-bundle", "upgrade"})
"""Verbs that on a host do more than speak with the county in containers."""
HELP = frozenset({"--help", "-h"})
lianban = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": sorted(HELP)},
    help="联办运维命令：本机、容器、系统服务中的县，命令相同。 One command for whoever runs a county.",
)
Reason = Annotated[str, typer.Option(help="原因，存档备查 why, for the record")]


@dataclass
class Typed:
    """What was typed, and of which county."""

    words: Sequence[str]
    place: Place | None = None

    def speaker(self) -> Speaker:
        """Of that county, found once it is known what to say; `Trouble` when none runs."""
        return speaker_at(self.place)

    def since(self, verb: str) -> Sequence[str]:
        """Its own words, with the verb."""
        return self.words[self.words.index(verb) :]

    def carried_out(self, verb: str, work: Callable[[], None], *, whole: bool = False) -> None:
        """Here, or by the same verb in the county's own container; with all that was typed behind it if `whole`."""
        if self.place is Place.CONTAINERS:
            raise typer.Exit(typed(self.since(verb) if whole else [verb]))
        work()


@lianban.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    meant: Annotated[
        Literal["embedded", "containers", "systemd"] | None,
        typer.Option("--in", envvar="LIANBAN_IN", help="哪一套联办 which county, where several are here"),
    ] = None,
) -> None:
    """A county in containers is spoken to in its own; without a verb it is said what there is, and what comes next."""
    asked, verb = context.ensure_object(Typed), context.invoked_subcommand
    if HELP.intersection(asked.words):
        return
    asked.place = found_here(meant and Place(meant))
    if asked.place is Place.CONTAINERS and verb not in HERE:
        raise typer.Exit(typed(asked.since(verb) if verb else ()))
    if verb is None:
        typer.echo(context.get_help())
        typer.echo(next_step(asked.place))


def of(context: typer.Context) -> Typed:
    """What was typed, for a verb."""
    return context.ensure_object(Typed)
