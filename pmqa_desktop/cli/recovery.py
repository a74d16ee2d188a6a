# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The commands about the secretariat's recovery key: identity recovery new, drill."""

from pathlib import Path

import click

from pmqa_desktop.cli.console import (
    NO,
    OK,
    Group,
    any_file,
    command,
    json_option,
    passphrase,
    print_json,
    refusal_tree,
    say,
)
from pmqa_desktop.cli.identity import key_tree, new_passphrase
from pmqa_desktop.messages import showable, word_refusal
from pmqa_desktop.services.rounds.recovery import Drill, Drilled, drill, make_recovery
from pmqa_desktop.text import N_, _


@click.group(
    "recovery", cls=Group, help=N_("The secretariat's recovery key: make it for the safe, try whether it works.")
)
def recovery() -> None:
    """Hold the commands about the recovery key together."""


@command("new", N_("Make a recovery key and write it onto two media for the safe; nothing stays on this laptop."))
@click.option(
    "--to", "folders", type=any_file, multiple=True, required=True, help=N_("Folder on a medium; twice or more.")
)
@click.option("--rehearsal", is_flag=True, help=N_("A key for practice only; one medium is enough."))
@json_option
def new(folders: tuple[Path, ...], rehearsal: bool, as_json: bool) -> int:
    """Make a recovery key."""
    made = make_recovery(folders, new_passphrase("PMQA_PASSPHRASE"), rehearsal=rehearsal)
    for own in made.keys:
        say(_("Written and read back: {file}").format(file=showable(own.path)))
    if made.same_drive and not rehearsal:
        say(_("Two of the copies lie on one drive: if it breaks, both are lost. Move one to another medium."))
    say(_("The roster names it by this line: {recipient}").format(recipient=made.recipient))
    say(_("Keep the media in two places, and the passphrase in a third. Try the key with “identity recovery drill”."))
    if as_json:
        print_json({**key_tree(made.keys[0]), "copies": [str(own.path) for own in made.keys],
                    "same_drive": made.same_drive})  # fmt: skip
    return OK


@command("drill", N_("Try the recovery key on sealed files without taking anything in."))
@click.argument("key_file", type=any_file)
@click.argument("files", nargs=-1, required=True, type=any_file)
@click.option("--roster", "rosters", type=any_file, multiple=True, help=N_("File with the round's rosters; repeat."))
@json_option
def drill_command(key_file: Path, files: tuple[Path, ...], rosters: tuple[Path, ...], as_json: bool) -> int:
    """Try a recovery key."""
    found = drill(key_file, passphrase(), files, rosters)
    for one in found.files:
        say(_told(one))
    if found.named is False:
        say(_("The newest roster does not name this key: what is sealed from now on would not open."))
    elif found.named:
        say(_("The newest roster names this key."))
    say(_("The recovery key works.") if found.passed else _("The recovery key would NOT save this round."))
    if as_json:
        print_json(_tree(found))
    return OK if found.passed else NO


def _told(one: Drilled) -> str:
    name = showable(one.file)
    if one.refusal is not None:
        return _("{file}: {message}").format(file=name, message=word_refusal(one.refusal))
    if not one.sealed:
        return _("{file}: not sealed, so it tells nothing about the key").format(file=name)
    return _("{file}: opened, {count} documents").format(file=name, count=one.documents)


def _tree(found: Drill) -> dict[str, object]:
    return {
        "passed": found.passed, "recipient": found.recipient, "rehearsal": found.rehearsal, "named": found.named,
        "files": [
            {
                "file": one.file, "sealed": one.sealed, "documents": one.documents,
                "refusal": refusal_tree(one.refusal) if one.refusal else None,
            }
            for one in found.files
        ],
    }  # fmt: skip


for _one in (new, drill_command):
    recovery.add_command(_one)
