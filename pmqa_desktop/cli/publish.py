# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The command publish: signs the results as a draft or officially, or countersigns official ones that wait."""

from pathlib import Path
from typing import Any

import click

from pmqa_desktop.cli.console import APP, OK, any_file, command, json_option, now, open_key, print_json, say
from pmqa_desktop.domain.documents import Approval
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import showable
from pmqa_desktop.services.exchange.checking import Identity
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.registry.countersigning import CountersigningService
from pmqa_desktop.services.registry.publishing import PublishingService
from pmqa_desktop.services.registry.service import RegistryService, open_registry
from pmqa_desktop.services.session import Session
from pmqa_desktop.text import N_, _


@command("publish", N_("Sign results, ranking and extract as a draft or officially; countersign official ones."))
@click.argument("registry", type=any_file)
@click.option("--official", is_flag=True, help=N_("A body approved the results; needs --body, --meeting and --date."))
@click.option("--body", default="", help=N_("The body that approved."))
@click.option("--meeting", default="", help=N_("The number of the meeting."))
@click.option("--date", "day", default="", help=N_("The date of the meeting: YYYY-MM-DD, the year of the common era."))
@click.option("--reason", default="", help=N_("Why something signed before is superseded; it is signed with it."))
@click.option("--countersign", is_flag=True, help=N_("Sign the official results that wait for another officer."))
@click.option(
    "--to", "folder", type=any_file, help=N_("Folder for a file with all signed results, for other officers.")
)
@click.option("--key", "key_file", type=any_file, required=True, help=N_("Key file of whoever signs."))
@json_option
def publish(
    registry: Path, official: bool, countersign: bool, folder: Path | None, key_file: Path, as_json: bool, **told: str
) -> int:
    """Sign, or countersign, and write the file where one is asked for."""
    given = [told["body"], told["meeting"], told["day"]]
    if any(given) and not official:
        raise click.UsageError(_("--body, --meeting and --date belong to --official."))
    if countersign and (official or told["reason"]):
        raise click.UsageError(_("--countersign signs what waits as it is: no other choice goes with it."))
    identity = open_key(key_file)
    if identity is None:
        raise Expected("no-key-file")
    session = open_registry(registry, clock=now, app=APP)
    try:
        session.person = identity.person
        session.use_key(identity)
        RegistryService(session).expect_sound()
        tree = _countersigned(session, identity) if countersign else _published(session, identity, official, told)
        tree["path"] = _written(session, folder)
    finally:
        session.close()
    if as_json:
        print_json(tree)
    return OK


def _published(session: Session, identity: Identity, official: bool, told: dict[str, str]) -> dict[str, Any]:
    approval = Approval(told["body"], told["meeting"], told["day"]) if official else None
    signed = PublishingService(session).publish_with(identity, approval=approval, reason=told["reason"])
    say(_("Signed: {count} results, and the ranking.").format(count=len(signed.results)))
    _tell_waiting(waits=signed.waits)
    return {
        "state": signed.state, "waits": signed.waits, "results": [one.digest for one in signed.results],
        "ranking": signed.ranking.digest, "extract": signed.extract.digest if signed.extract else None,
        "fingerprint": list(signed.ranking.fingerprint),
    }  # fmt: skip


def _countersigned(session: Session, identity: Identity) -> dict[str, Any]:
    service = CountersigningService(session)
    waiting = service.waiting()
    if not waiting:
        raise Expected("nothing-to-countersign-here")
    if len(waiting) > 1:
        raise Expected("several-publications", found=len(waiting))
    (seen,) = waiting
    for row in seen.rows:
        say(f"{row.rank:>3}  {showable(row.name_th)}  {row.display}")
    say(seen.fingerprint[0])
    waits = not service.countersign_with(identity, seen.ranking)
    _tell_waiting(waits=waits)
    return {
        "state": "official", "waits": waits, "results": list(seen.results),
        "ranking": seen.ranking, "extract": next(iter(seen.extracts), None), "fingerprint": list(seen.fingerprint),
    }  # fmt: skip


def _tell_waiting(*, waits: bool) -> None:
    if waits:
        say(_("They count once another officer has countersigned them and the file has come back."))


def _written(session: Session, folder: Path | None) -> str | None:
    if folder is None:
        return None
    written = ExchangeService(session).export_published(folder)
    say(_("Written: {file}").format(file=written.path))
    return str(written.path)
