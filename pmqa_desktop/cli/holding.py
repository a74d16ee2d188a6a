# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The command about what waits outside a registry's set: holding."""

from pathlib import Path
from typing import Any

import click

from pmqa_desktop.cli.console import APP, OK, any_file, command, json_option, now, print_json, say
from pmqa_desktop.messages import showable
from pmqa_desktop.services.registry.holding import Held, HoldingService
from pmqa_desktop.services.registry.service import open_registry
from pmqa_desktop.services.session import iso
from pmqa_desktop.text import N_, _


@command("holding", N_("Show what waits for a roster that names its signer, and discard what does not belong."))
@click.argument("registry", type=any_file)
@click.option("--discard", multiple=True, help=N_("Document to give up, by groups of its fingerprint; repeat."))
@click.option("--discard-all", is_flag=True, help=N_("Give up everything that waits."))
@json_option
def holding(registry: Path, discard: tuple[str, ...], discard_all: bool, as_json: bool) -> int:
    """Look into the holding area, after discarding what was named."""
    session = open_registry(registry, clock=now, app=APP)
    try:
        service = HoldingService(session)
        chosen = [one.digest for one in service.waiting()] if discard_all else [service.named(one) for one in discard]
        discarded = service.discard(chosen)
        left, room = service.waiting(), service.room()
    finally:
        session.close()
    if discarded:
        say(_("Discarded: {count}. Importing the same file brings it back.").format(count=discarded))
    for one in left:
        _tell(one)
    if not left:
        say(_("Nothing waits."))
    if as_json:
        print_json({
            "waiting": [_tree(one) for one in left], "discarded": discarded, "bytes": room.size,
            "most": {"documents": room.most_documents, "bytes": room.most_size},
        })  # fmt: skip
    return OK


def _tell(one: Held) -> None:
    since = iso(one.since) if one.since else "?"
    say("  ".join((showable(one.file), one.kind, showable(one.agency), showable(one.person), since)))
    say(f"    {one.fingerprint[0]}")


def _tree(one: Held) -> dict[str, Any]:
    return {
        "digest": one.digest, "fingerprint": list(one.fingerprint), "kind": one.kind, "agency": one.agency,
        "person": one.person, "key_fingerprint": list(one.key_fingerprint), "file": one.file, "bytes": one.size,
        "since": iso(one.since) if one.since else None,
    }  # fmt: skip
