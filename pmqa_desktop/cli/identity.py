# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The commands about a person's own keys: identity new, show, passphrase, backup, enrol."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from pmqa_desktop.cli.console import APP, OK, Group, any_file, command, json_option, now, passphrase, print_json, say
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import showable
from pmqa_desktop.paths import user_data_folder
from pmqa_desktop.services.identity import (
    Applicant,
    OwnKey,
    back_up,
    change_passphrase,
    make_identity,
    open_identity,
    own_keys,
    write_enrolment,
)
from pmqa_desktop.services.session import iso
from pmqa_desktop.text import N_, _

_NEW_PASSPHRASE = "PMQA_NEW_PASSPHRASE"  # noqa: S105 - the name of the variable
_KEY = click.argument("key_file", type=any_file)
to_option = click.option(
    "--to", "folder", type=any_file, default=Path(), help=N_("Folder that the file is written to.")
)


@click.group("identity", cls=Group, help=N_("Own keys on this device: make, show, back up, enrol."))
def identity() -> None:
    """Hold the commands about own keys together."""


def keys_folder() -> Path:
    """Return the folder of this device's keys."""
    return user_data_folder() / "keys"


def key_tree(own: OwnKey) -> dict[str, Any]:
    """Return a key as the commands print it."""
    return {
        "path": str(own.path), "person": own.person, "key": own.key, "recipient": own.recipient,
        "rehearsal": own.rehearsal, "fingerprint": list(own.fingerprint),
    }  # fmt: skip


def _tell(own: OwnKey) -> None:
    kind = _("for practice") if own.rehearsal else _("for real rounds")
    say(f"{showable(own.person) or '?'}  {kind}  {showable(own.path)}")
    for row in own.fingerprint:
        say(f"    {row}")


def new_passphrase(variable: str) -> str:
    """Return a passphrase that is being chosen: from the environment, or asked for twice.

    Raises:
        Expected: `passphrase-missing`.
    """
    given = os.environ.get(variable)
    if given is None:
        if not sys.stdin.isatty():
            raise Expected("passphrase-missing")
        given = click.prompt(_("New passphrase"), hide_input=True, confirmation_prompt=True, err=True)
    return str(given)


@command("new", N_("Make new keys for a person on this device, in a file that only the passphrase opens."))
@click.option("--person", required=True, help=N_("The person's short name in the roster, from the secretariat."))
@click.option("--rehearsal", is_flag=True, help=N_("Keys for practice only."))
@click.option("--folder", type=any_file, help=N_("Where keys are kept; the usual place when absent."))
@json_option
def new(person: str, rehearsal: bool, folder: Path | None, as_json: bool) -> int:
    """Make an identity."""
    secret = new_passphrase("PMQA_PASSPHRASE")
    made = make_identity(folder or keys_folder(), person, secret, rehearsal=rehearsal)
    _tell(made)
    if as_json:
        print_json(key_tree(made))
    return OK


@command("show", N_("Show the keys of this device, each with its fingerprint."))
@click.option("--folder", type=any_file, help=N_("Where keys are kept; the usual place when absent."))
@json_option
def show(folder: Path | None, as_json: bool) -> int:
    """List the keys."""
    found = own_keys(folder or keys_folder())
    for own in found:
        _tell(own)
    if not found:
        say(_("There are no keys here yet."))
    if as_json:
        print_json([key_tree(own) for own in found])
    return OK


@command("passphrase", N_("Give a key file another passphrase (PMQA_NEW_PASSPHRASE, or asked for)."))
@_KEY
@json_option
def change(key_file: Path, as_json: bool) -> int:
    """Change the passphrase here and in the copies beside this device's workspaces."""
    old = passphrase()
    copies = tuple(sorted(user_data_folder().glob("workspaces/*/*.key")))
    written = change_passphrase(key_file, old, new_passphrase(_NEW_PASSPHRASE), copies=copies)
    say(_("The passphrase was changed in {count} files.").format(count=len(written)))
    if as_json:
        print_json({"files": [str(path) for path in written]})
    return OK


@command("backup", N_("Copy a key file to another drive and read the copy back."))
@_KEY
@to_option
@json_option
def backup(key_file: Path, folder: Path, as_json: bool) -> int:
    """Back up a key."""
    copy = back_up(key_file, folder)
    say(_("Copied and read back: {file}").format(file=showable(copy.path)))
    if copy.same_drive:
        say(_("This is the same drive: if it breaks, both are lost. Choose another drive."))
    if as_json:
        print_json({"path": str(copy.path), "same_drive": copy.same_drive})
    return OK


@command("enrol", N_("Write the enrolment file by which the secretariat takes a key into the round."))
@_KEY
@click.option("--round", "round_id", required=True, help=N_("The round's short name, from the secretariat."))
@click.option("--name", required=True, help=N_("How the person wants to be shown."))
@click.option("--office", default="", help=N_("The person's office."))
@to_option
@json_option
def enrol(key_file: Path, round_id: str, name: str, office: str, folder: Path, as_json: bool) -> int:
    """Ask to be enrolled."""
    held = open_identity(key_file, passphrase())
    try:
        applicant = Applicant(round_id, name, office)
        written, admitted = write_enrolment(held, applicant, folder, made_at=iso(now()), app=APP)
    finally:
        held.close()
    own = OwnKey(written.path, held.person, held.key, held.recipient, held.rehearsal)
    _tell(own)
    say(_("Send this file to the secretariat and let them compare the fingerprint with you."))
    if as_json:
        print_json({**key_tree(own), "digest": admitted.digest, "size": written.size})
    return OK


for _one in (new, show, change, backup, enrol):
    identity.add_command(_one)
