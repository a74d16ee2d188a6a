# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat takes enrolments in: the file proves that its sender holds the key, a person that it is theirs.

Whose key it is, no file can prove. So the sender reads the fingerprint aloud or prints it, and a person of the
secretariat compares it before the key enters a roster.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Enrolment
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.services.identity import key_fingerprint
from pmqa_desktop.sync.fingerprint import Groups, matches
from pmqa_desktop.sync.importing import private_folder, read_file, stage
from pmqa_desktop.sync.keys import key_id


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One request to enter a key; `compared` once a person compared the key's fingerprint with its owner's."""

    file: str
    digest: str
    round: str
    rehearsal: bool
    person: str
    name: str
    office: str
    key: str
    recipient: str
    compared: bool = False

    @property
    def fingerprint(self) -> Groups:
        """Return the fingerprint to compare: four rows of four groups."""
        return key_fingerprint(self.key)


def read_enrolments(path: Path, round_id: str = "", *, rehearsal: bool | None = None) -> tuple[Enrolled, ...]:
    """Read an enrolment file and check its proof of possession.

    Args:
        path: The file, as it came.
        round_id: The round it must be for; empty takes any.
        rehearsal: Whether it must be for practice or for real; None takes both.

    Raises:
        Refused: any code of reading a file; `other-round`; `other-rehearsal`.
        Expected: `not-an-enrolment`.
    """
    with private_folder() as staging:
        documents = read_file(stage(path, staging).path, None, staging).documents
    found = tuple(_enrolled(one, path.name) for one in documents if isinstance(one.document, Enrolment))
    if not found:
        raise Expected("not-an-enrolment", file=path.name)
    for one in found:
        if round_id and one.round != round_id:
            raise Refused("other-round", "line 2", found=one.round)
        if rehearsal is not None and one.rehearsal != rehearsal:
            raise Refused("other-rehearsal", "line 2")
    return found


def _enrolled(admitted: Admitted, file: str) -> Enrolled:
    document = admitted.document
    if not isinstance(document, Enrolment):
        raise TypeError(admitted.kind)
    body = document.body
    return Enrolled(
        file, admitted.digest, document.round, document.rehearsal, document.author.person,
        body.name, body.office, body.signing_key, body.age_recipient,
    )  # fmt: skip


def compare(enrolled: Enrolled, typed: str) -> Enrolled:
    """Mark an enrolment as compared, given groups of the fingerprint as its owner told them.

    Raises:
        Expected: `fingerprint-differs`; the groups are another key's, or fewer than two.
    """
    if not matches(key_id(bytes.fromhex(enrolled.key)), typed):
        raise Expected("fingerprint-differs", found=typed)
    return _marked(enrolled)


def compare_all(enrolled: Sequence[Enrolled], typed: Iterable[str]) -> tuple[Enrolled, ...]:
    """Mark those whose fingerprint is among the groups typed; the others stay as they are."""
    groups = tuple(typed)
    ids = {one.key: key_id(bytes.fromhex(one.key)) for one in enrolled}
    return tuple(_marked(one) if any(matches(ids[one.key], told) for told in groups) else one for one in enrolled)


def _marked(one: Enrolled) -> Enrolled:
    return Enrolled(
        one.file, one.digest, one.round, one.rehearsal, one.person, one.name, one.office, one.key, one.recipient, True
    )


def expect_compared(enrolled: Iterable[Enrolled]) -> None:
    """Let only compared keys of a real round pass; practice may skip it.

    Raises:
        Expected: `fingerprint-not-compared` with the persons.
    """
    left = [one.person for one in enrolled if not (one.compared or one.rehearsal)]
    if left:
        raise Expected("fingerprint-not-compared", persons=", ".join(left))
