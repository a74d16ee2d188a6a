# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The commands that look into files or take them in: verify, inspect, merge."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from pmqa_desktop.cli.console import (
    APP,
    NO,
    OK,
    any_file,
    command,
    json_option,
    key_option,
    now,
    open_key,
    print_json,
    refusal_tree,
    say,
)
from pmqa_desktop.errors import Expected, Refusal
from pmqa_desktop.messages import showable, word, word_refusal
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.exchange.checking import (
    FINE,
    Checked,
    Identity,
    check_files,
    documents_of,
    first_roster_of,
    inspect_file,
)
from pmqa_desktop.services.exchange.given import expand
from pmqa_desktop.services.exchange.intake import WAITING, FileOutcome, ImportReport, import_files, name_round
from pmqa_desktop.services.exchange.proving import Proof
from pmqa_desktop.services.registry.service import RegistryService, copy_registry, open_registry
from pmqa_desktop.services.session import Session
from pmqa_desktop.text import N_, _

_DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_OUTCOMES = {
    "new": N_("new"),
    "newer": N_("newer revision"),
    "known": N_("already here"),
    "partly-known": N_("partly here already"),
    "held": N_("held until what it stands on arrives"),
    "conflict": N_("two different versions"),
    "waiting": N_("waiting for the roster that names its signer"),
    "refused": N_("refused"),
}
_FILES = click.argument("files", nargs=-1, required=True, type=any_file)


def _check_tree(checked: Checked) -> dict[str, Any]:
    return checked.tree(word_refusal)


@command("verify", N_("Check files: container, table of contents, signatures; with a roster also seat and lineage."))
@_FILES
@click.option(
    "--roster",
    type=any_file,
    help=N_("File with the round's first roster, trusted here."),
)
@key_option
@json_option
def verify(files: tuple[Path, ...], roster: Path | None, key_file: Path | None, as_json: bool) -> int:
    """Check files by themselves and against a roster; nothing is stored."""
    identity = open_key(key_file)
    paths = [path for given in files for path, _name in expand([given])]
    found = check_files(paths, roster_file=roster, identity=identity)
    for one in found:
        _tell_checked(one)
    _tell_nothing(len(found))
    if as_json:
        print_json([_check_tree(one) for one in found])
    return OK if found and all(one.ok for one in found) else NO


def _tell_nothing(files: int) -> None:
    if not files:
        say(_("No file whose name ends in .pmqa was found there."))


def _tell_checked(one: Checked) -> None:
    name = showable(one.inspection.file)
    if one.ok:
        say(_("{file}: in order, {count} documents").format(file=name, count=len(one.inspection.documents)))
    if one.proof is not None:
        _tell_proof(name, one.proof)
    for refusal in (*one.inspection.refusals, *one.added):
        say(_("{file}: {message}").format(file=name, message=word_refusal(refusal)))


def _tell_proof(name: str, proof: Proof) -> None:
    scores = proof.scores
    told = _("{file}: proves a total of {total} for {agency}, level {level}")
    total, level = scores.display or "–", scores.level or "–"
    say(told.format(file=name, total=total, agency=showable(scores.agency), level=level))
    for code, shown in scores.categories.items():
        say("  " + _("Category {code}").format(code=code) + f"  {shown}")
    if proof.shows_the_same:
        say(_("{file}: the pages show the same scores").format(file=name))
    elif proof.shows_the_same is None:
        say(_("{file}: the pages could not be compared with the proven scores").format(file=name))


@command("inspect", N_("Show the documents inside a file, each with whether it verifies."))
@click.argument("file", type=any_file)
@key_option
@json_option
def inspect(file: Path, key_file: Path | None, as_json: bool) -> int:
    """Show what is in one file."""
    found = inspect_file(file, open_key(key_file))
    _tell_checked(Checked(found))
    for document in found.documents:
        mark = _("verified") if document.verified else _("NOT verified")
        told = (document.kind, document.agency, document.person, document.digest)
        say("  ".join(["", mark, *map(showable, told)]))
    if as_json:
        print_json(found.tree(word_refusal))
    return OK if found.ok else NO


@command(
    "merge", N_("Take files and folders into a registry, in any order; the registry is made when it is not there.")
)
@click.option(
    "--into",
    "registry",
    required=True,
    type=any_file,
    help=N_("The registry's file."),
)
@click.option("--trust", help=N_("The round's first roster: its file, or its digest as checked by a person."))
@key_option
@click.option("--dry-run", is_flag=True, help=N_("Tell what would happen and change nothing."))
@click.argument("paths", nargs=-1, required=True, type=any_file)
@json_option
def merge(
    registry: Path, trust: str | None, key_file: Path | None, dry_run: bool, paths: tuple[Path, ...], as_json: bool
) -> int:
    """Join files to a registry and tell a line per file."""
    identity = open_key(key_file)
    if dry_run:
        with TemporaryDirectory(prefix="pmqa-") as folder:
            copy = Path(folder) / registry.name
            if registry.exists():
                copy_registry(registry, copy)
            return _merge(copy, trust, identity, paths, as_json, dry_run=True)
    return _merge(registry, trust, identity, paths, as_json, dry_run=False)


def _merge(
    registry: Path,
    trust: str | None,
    identity: Identity | None,
    paths: tuple[Path, ...],
    as_json: bool,
    *,
    dry_run: bool,
) -> int:
    trusted = _trusted(trust)
    session = open_registry(registry, clock=now, app=APP, create=True)
    try:
        service = RegistryService(session)
        service.expect_sound()  # nothing is joined to a set that is not what was signed
        if identity is not None:
            session.use_key(identity)
        if trusted is not None:
            name_round(session, *trusted)
        report = import_files(session, paths, Progress())
        _tell_merged(report)
        service.ensure_index()
        board = service.board().to_json()
        _tell_board(session)
        if as_json:
            files = [_file_tree(one) for one in report.files]
            print_json({"files": files, "state": report.state, "board": board, "dry_run": dry_run})
    finally:
        session.close()
    return OK if report.good else NO


def _trusted(trust: str | None) -> tuple[str, tuple[Any, ...]] | None:
    """Return the digest that names the round and the roster where it is at hand."""
    if trust is None:
        return None
    digest = _DIGEST.fullmatch(trust.strip().lower().replace(" ", ""))
    if digest is not None:
        return f"sha256:{digest[1]}", ()
    path = Path(trust)
    if not trust.strip() or not path.exists():
        raise Expected("trust-not-found", found=trust)
    first = first_roster_of(documents_of(path), path.name)
    return first.digest, (first,)


def _file_tree(one: FileOutcome) -> dict[str, Any]:
    statuses = [line.status for line in one.documents if line.status not in FINE and line.status != WAITING]
    code = one.refusal.code if one.refusal else next(iter(statuses), None)
    tree: dict[str, Any] = {"file": one.file, "outcome": one.outcome, "code": code}
    if one.refusal:
        tree |= {"where": one.refusal.where, "message": refusal_tree(one.refusal)["message"]}
    tree["documents"] = [
        {
            "digest": line.digest, "kind": line.kind, "person": line.person, "seat": line.seat, "agency": line.agency,
            "seq": line.seq, "status": line.status,
        }
        for line in one.documents
    ]  # fmt: skip
    return tree


def _tell_merged(report: ImportReport) -> None:
    _tell_nothing(len(report.files))
    for one in report.files:
        say(_("{file}: {message}").format(file=showable(one.file), message=_(_OUTCOMES[one.outcome])))
        if one.refusal:
            say("  " + word_refusal(one.refusal))
        for line in one.documents:
            if line.status not in FINE and line.status != WAITING:
                say(f"  {line.kind} {line.agency} {showable(line.person)}: {word_refusal(Refusal(line.status))}")


def _tell_board(session: Session) -> None:
    found = RegistryService(session).board()
    if found.problem:
        say(word(found.problem, {}))
    say(_("Received {received} of {expected}.").format(received=found.received, expected=found.expected))
