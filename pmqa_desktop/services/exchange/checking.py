# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Check files without taking them in: by themselves, and against a roster that the person trusts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.facts import fact_of
from pmqa_desktop.domain.merging import join
from pmqa_desktop.domain.view import COUNTED, view
from pmqa_desktop.errors import Expected, Refusal
from pmqa_desktop.services.exchange.proving import Proof, proof_of
from pmqa_desktop.sync.importing import private_folder, read_file, stage
from pmqa_desktop.sync.keys import LARGEST_KEY_FILE, Identity, read_key_file
from pmqa_desktop.sync.verifying import Inspection, Message, inspect_file

__all__ = [
    "FINE",
    "LARGEST_KEY_FILE",
    "Checked",
    "Identity",
    "check_files",
    "documents_of",
    "first_roster_of",
    "inspect_file",
    "read_key_file",
]

FINE = frozenset({COUNTED, "superseded"})
"""The statuses of documents with which nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: what is in it, and the refusals that the roster adds (the document's digest is their place).

    `proof` tells the scores that a result in it proves; None where there is none or the file is refused.
    """

    inspection: Inspection
    by_roster: tuple[Refusal, ...] = ()
    proof: Proof | None = None

    @property
    def ok(self) -> bool:
        """Tell whether nothing was refused."""
        return self.inspection.ok and not self.added

    @property
    def added(self) -> tuple[Refusal, ...]:
        """Return the refusals beside those of the file itself: by the roster, and by pages that show other scores."""
        found = self.proof.differences if self.proof is not None else ()
        return (
            *self.by_roster,
            *(
                Refusal("report-shows-other", one.where, (("proven", one.proven), ("shown", one.shown or "–")))
                for one in found
            ),
        )

    def tree(self, message: Message) -> dict[str, Any]:
        """Return it as the JSON object of `verify`, worded by `message`."""
        told = self.inspection.tree(message, self.added)
        return told if self.proof is None else {**told, "proves": self.proof.tree()}


def documents_of(path: Path, identity: Identity | None = None) -> tuple[Admitted, ...]:
    """Return the documents of a file that verifies; the file is read once.

    Raises:
        Refused: any code of reading a file.
    """
    with private_folder() as staging:
        return read_file(stage(path, staging).path, identity, staging).documents


def first_roster_of(documents: Sequence[Admitted], file: str) -> Admitted:
    """Return the first roster among documents: the one that names a round.

    Raises:
        Expected: `roster-not-here`, there is none or more than one.
    """
    firsts = [one for one in documents if one.kind == "roster" and one.document.seq == 1]
    if len(firsts) != 1:
        raise Expected("roster-not-here", file=file, found=len(firsts))
    return firsts[0]


def check_files(
    paths: Sequence[Path], *, roster_file: Path | None = None, identity: Identity | None = None
) -> tuple[Checked, ...]:
    """Check container, manifest and signatures of each file; with a roster also seat, role and lineage.

    With a roster all files are judged together, so that a parent in one file is found by a child in another.

    Args:
        paths: Bundles, sealed or clear, or PDF reports that carry them.
        roster_file: A file with the round's first roster, which is trusted here.
        identity: Opens sealed files.

    Raises:
        Refused: the roster's file itself is refused.
        Expected: `roster-not-here`.
    """
    inspections = tuple(inspect_file(path, identity) for path in paths)
    if roster_file is None:
        return tuple(Checked(one, proof=_proof(one)) for one in inspections)
    trusted = documents_of(roster_file, identity)
    named = first_roster_of(trusted, roster_file.name)
    together: dict[str, Admitted] = {}
    for group in (trusted, *(one.admitted for one in inspections)):
        together = join(together, {admitted.digest: admitted for admitted in group})
    rosters = {digest: admitted for digest, admitted in together.items() if admitted.kind == "roster"}
    status = view([fact_of(admitted) for admitted in together.values()], rosters, named.digest).status
    return tuple(Checked(one, _refusals(one, status), _proof(one)) for one in inspections)


def _proof(inspection: Inspection) -> Proof | None:
    return proof_of(inspection.admitted, inspection.text) if inspection.ok else None


def _refusals(inspection: Inspection, status: Mapping[str, str]) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(status[admitted.digest], admitted.digest)
        for admitted in inspection.admitted
        if status.get(admitted.digest, COUNTED) not in FINE and not _alone_by_design(admitted, status)
    )


def _alone_by_design(admitted: Admitted, status: Mapping[str, str]) -> bool:
    """Tell whether a result stands without its consensus: an agency is given the one and never the other."""
    return admitted.kind == "result" and status[admitted.digest] == "parent-awaited"
