# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The last steps of a practice run: merge all clear files into a registry, then results, tables and paper."""

import json
from pathlib import Path
from random import Random

from pmqa_desktop.progress import Progress
from pmqa_desktop.services.practice.build import (
    APP,
    PASSPHRASE,
    PracticeRound,
    build_practice,
    listing,
    practice_identity,
    seeded_clock,
)
from pmqa_desktop.services.practice.case import load_case
from pmqa_desktop.services.registry.publishing import PublishingService
from pmqa_desktop.services.registry.service import RegistryService, import_files, open_registry
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.reporting.service import write_whole
from pmqa_desktop.services.session import Session


def practice_command(target: Path, seed: int, progress: Progress | None = None) -> dict[str, object]:
    """Run the whole practice round and return what the command prints.

    Raises:
        Expected: `folder-not-empty`; what writing can raise.
    """
    steps = progress or Progress()
    made = build_practice(target, seed, steps)
    state = merge_and_report(made, steps)
    return {
        "dir": str(target),
        "seed": seed,
        "passphrase": PASSPHRASE,
        "state": state,
        "files": {kind: list(names) for kind, names in listing(target)},
    }


def merge_and_report(made: PracticeRound, progress: Progress) -> str:
    """Merge the round's clear files into `registry.db`, write results and reports; return the registry's state."""
    secretary = practice_identity(made.seed, load_case().secretariat)
    session = open_registry(
        made.dir / "registry.db",
        clock=seeded_clock(),
        app=APP,
        create=True,
        entropy=Random(f"{made.seed}:salt").randbytes,
    )
    try:
        progress.step(0, 0, "registry.db")
        import_files(session, [made.dir / "roster.pmqa", made.dir / "clear"])
        RegistryService(session).ensure_index()
        publishing = PublishingService(session)
        reporting = ReportingService(
            session,
            lambda agency: publishing.proof(agency, secretary),
            lambda agency: publishing.lineage(agency, secretary),
        )
        _write_results(session, reporting, made.dir)
        reporting.save_all(made.dir / "reports", language="th", progress=progress)
        reporting.save_all(made.dir / "reports" / "en", language="en", progress=progress)
        return session.documents.state()
    finally:
        secretary.close()
        session.close()


def _write_results(session: Session, reporting: ReportingService, target: Path) -> None:
    found = RegistryService(session).results().to_json()
    text = json.dumps(found, ensure_ascii=False, indent=2)  # the very bytes that the command `results` writes
    write_whole(target / "results.json", text.encode() + b"\n")
    reporting.workbook(target / "results.xlsx")
    reporting.csv(target / "results.csv")
