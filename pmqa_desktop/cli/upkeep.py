# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The commands that look after a registry and a laptop: audit, rebuild-index, backup, restore, self-test."""

from pathlib import Path

import click

from pmqa_desktop.cli.console import (
    APP,
    DAMAGED,
    NO,
    OK,
    any_file,
    command,
    json_option,
    new_file,
    now,
    open_key,
    print_json,
    refusal_tree,
    say,
)
from pmqa_desktop.messages import word_refusal
from pmqa_desktop.services.readiness import OpenWindow, self_checks
from pmqa_desktop.services.registry.service import RegistryService, open_registry
from pmqa_desktop.services.registry.service import restore as restore_file
from pmqa_desktop.services.safekeeping.backups import restore_backup, write_backup
from pmqa_desktop.text import N_, _, current_language, use_language

_KEY = click.option("--key", type=any_file, help=N_("A key file: the copy is sealed to it."))
_REGISTRY = click.argument("registry", type=any_file)


@command("audit", N_("Verify every document of a registry again, and the file itself."))
@_REGISTRY
@json_option
def audit(registry: Path, as_json: bool) -> int:
    """Check a whole registry; changes nothing."""
    session = open_registry(registry, clock=now, app=APP)
    try:
        found = RegistryService(session).audit()
    finally:
        session.close()
    for problem in found.problems:
        say(word_refusal(problem))
    if found.clean:
        say(_("In order: {documents} documents, {signatures} signatures.").format(
            documents=found.documents, signatures=found.signatures
        ))  # fmt: skip
    if as_json:
        print_json({
            "ok": found.clean, "state": found.state, "documents": found.documents, "signatures": found.signatures,
            "derived": found.derived, "problems": [refusal_tree(problem) for problem in found.problems],
        })  # fmt: skip
    return OK if found.clean else DAMAGED


@command("rebuild-index", N_("Make a registry's derived tables anew from its documents."))
@_REGISTRY
@json_option
def rebuild_index(registry: Path, as_json: bool) -> int:
    """Make the derived tables anew."""
    session = open_registry(registry, clock=now, app=APP)
    try:
        state = RegistryService(session).rebuild_index()
    finally:
        session.close()
    say(_("The derived tables were made anew."))
    if as_json:
        print_json({"ok": True, "state": state})
    return OK


@command("backup", N_("Write a checked copy of a registry."))
@_REGISTRY
@click.argument("target", type=new_file)
@_KEY
@json_option
def backup(registry: Path, target: Path, key: Path | None, as_json: bool) -> int:
    """Copy a registry and check the copy; with a key the copy is sealed, to it and to the round's recovery key."""
    identity = open_key(key)
    session = open_registry(registry, clock=now, app=APP)
    try:
        if identity is not None:
            path = write_backup(session, target, identity).path
        else:
            path = RegistryService(session).backup(target)
        state = session.documents.state()
    finally:
        session.close()
        if identity is not None:
            identity.close()
    say(_("Saved and checked: {file}").format(file=path))
    if as_json:
        print_json({"ok": True, "file": str(path), "state": state, "bytes": path.stat().st_size})
    return OK


@command("restore", N_("Put a checked copy back; what was there is kept beside it."))
@click.argument("backup", type=any_file)
@click.argument("registry", type=new_file)
@_KEY
@json_option
def restore(backup: Path, registry: Path, key: Path | None, as_json: bool) -> int:
    """Restore a registry from a copy; a sealed one needs a key that it was sealed to."""
    identity = open_key(key)
    try:
        state = restore_backup(backup, registry, identity) if identity is not None else restore_file(backup, registry)
    finally:
        if identity is not None:
            identity.close()
    say(_("Restored and checked: {file}").format(file=registry))
    if as_json:
        print_json({"ok": True, "file": str(registry), "state": state})
    return OK


@command("self-test", N_("Check whether this laptop is ready."))
@json_option
@click.pass_obj
def self_test(open_window: OpenWindow | None, as_json: bool) -> int:
    """Check what the program needs on this laptop; a warning is no failure."""
    language = current_language()
    found = self_checks(open_window)
    use_language(language)  # the window has set its own
    for one in found:
        mark = {"ok": _("ready"), "warning": _("warning"), "failed": _("not ready"), "left-out": _("left out")}
        say(f"{mark[one.state]}: {one.told()}")
    ready = all(one.state != "failed" for one in found)
    if as_json:
        checks = [{"name": one.name, "state": one.state, "message": one.told()} for one in found]
        print_json({"ok": ready, "checks": checks})
    return OK if ready else NO
