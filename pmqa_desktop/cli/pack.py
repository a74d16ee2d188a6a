# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The command pack: the packs of all seats, with the agencies' papers, written to a drive."""

from pathlib import Path
from typing import Any

import click

from pmqa_desktop.cli.console import (
    APP,
    NO,
    OK,
    any_file,
    command,
    json_option,
    now,
    open_key,
    print_json,
    refusal_tree,
    say,
)
from pmqa_desktop.cli.identity import to_option
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import showable, word_refusal
from pmqa_desktop.services.packing.handing_over import hand_over
from pmqa_desktop.services.packing.paper_files import find_papers, read_papers
from pmqa_desktop.services.packing.service import PackingService, PackLine
from pmqa_desktop.services.registry.service import RegistryService, open_registry
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.session import Session
from pmqa_desktop.text import N_, _

_OUTCOMES = {
    "written": N_("written and read back"),
    "failed": N_("not written"),
    "unchanged": N_("nothing new for this seat"),
    "open": N_("not begun"),
}


@command("pack", N_("Write the packs of all seats: what each is to judge, with the agencies' papers (PDF)."))
@click.argument("registry", type=any_file)
@click.option(
    "--papers", "folder_of_papers", type=any_file, help=N_("A folder with one folder of PDF files per agency.")
)
@click.option("--paper", "single", multiple=True, help=N_("AGENCY=FILE.pdf: a paper of one agency; repeat."))
@click.option("--seat", "seats", multiple=True, help=N_("Only this seat; repeat."))
@click.option("--reason", default="", help=N_("Why seats that have a pack get another one; it is signed with it."))
@click.option("--letters", type=any_file, help=N_("Folder for a letter per seat and the list of what goes to whom."))
@click.option("--key", "key_file", type=any_file, required=True, help=N_("Key file of the secretariat's person."))
@to_option
@json_option
def pack(
    registry: Path,
    folder_of_papers: Path | None,
    single: tuple[str, ...],
    letters: Path | None,
    key_file: Path,
    folder: Path,
    as_json: bool,
    **sending: Any,
) -> int:
    """Write packs."""
    identity = open_key(key_file)
    if identity is None:
        raise Expected("no-key-file")
    session = open_registry(registry, clock=now, app=APP)
    try:
        RegistryService(session).expect_sound()
        session.use_key(identity)
        given = read_papers(_files(session, folder_of_papers, single))
        report = PackingService(session).write(given, folder, **sending)
        for line in report.lines:
            _tell(line)
        papers = hand_over(ReportingService(session), report, letters) if letters is not None else ()
        for path in papers:
            say(_("Written: {name}").format(name=showable(path.name)))
        if as_json:
            print_json({"packs": [_tree(line) for line in report.lines], "letters": [str(path) for path in papers]})
    finally:
        session.close()
    return OK if report.good else NO


def _files(session: Session, folder: Path | None, single: tuple[str, ...]) -> dict[str, list[Path]]:
    """Return the papers of each agency: those in the folder, then those named one by one."""
    files: dict[str, list[Path]] = {}
    if folder is not None:
        found = find_papers(folder, tuple(session.round().agencies.values()))
        files = {name: list(paths) for name, paths in found.files.items()}
        for name in found.left_out:
            say(_("{name} is no PDF and was left out").format(name=showable(name)))
    for pair in single:
        agency, _equals, path = pair.partition("=")
        files.setdefault(agency, []).append(Path(path))
    return files


def _tell(line: PackLine) -> None:
    say(f"{showable(line.seat)} ({showable(line.person)}): {_(_OUTCOMES[line.outcome])}")
    for written in line.files:
        say(f"    {written.path.name}  {written.size}")
    if line.fingerprint is not None:
        say(f"    {line.fingerprint[0]}")
    if line.refusal is not None:
        say(f"    {word_refusal(line.refusal)}")


def _tree(line: PackLine) -> dict[str, Any]:
    files = [{"path": str(one.path), "size": one.size, "digest": one.fingerprint} for one in line.files]
    tree: dict[str, Any] = {
        "seat": line.seat, "person": line.person, "outcome": line.outcome, "seq": line.seq, "files": files,
        "fingerprint": list(line.fingerprint or ()),
    }  # fmt: skip
    return tree | (refusal_tree(line.refusal) if line.refusal else {})
