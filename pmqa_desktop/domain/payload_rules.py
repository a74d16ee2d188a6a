# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What must hold inside a document of each kind, decided by the document alone.

Forms of ids, keys and digests, lists that are sorted or name nothing twice, numbers in range, and fields that
go together (docs/bundle-format.md, section 1). Who may sign, and what a document counts for, is decided elsewhere.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import gcd
from typing import Any

from pmqa_desktop.domain.answers import Answer, Evidence, IndicatorAnswer, Ratio
from pmqa_desktop.domain.documents import (
    COSIGNED,
    AnyDocument,
    Approval,
    AssignmentBody,
    ConsensusBody,
    CriteriaBody,
    DeclarationBody,
    EndorsementBody,
    Enrolment,
    EnrolmentBody,
    ExtractBody,
    ManifestBody,
    Paper,
    PapersBody,
    RankingBody,
    ResultBody,
    RevealBody,
    RootPerson,
    RosterBody,
    ScoresheetBody,
    kind_of,
)
from pmqa_desktop.errors import Refused

MOST_SIGNATURES = 16
"""The most signatures of one document: the author's and fifteen co-signers'."""
ABOUT_ONE_AGENCY = frozenset({"papers", "declaration", "scoresheet", "reveal", "consensus", "endorsement", "result"})
"""The kinds whose documents must name an agency."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_KEY = re.compile(r"[0-9a-f]{64}")
_RECIPIENT = re.compile(r"age1[ac-hj-np-z02-9]{58}")
_PROOF = re.compile(r"[0-9a-f]{128}")
_SALT = re.compile(r"[0-9a-f]{32}")
_MADE_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)", re.ASCII)


def check_rules(document: AnyDocument) -> None:
    """Check everything about one document that its types do not say already.

    Raises:
        Refused: the code names the rule, `where` the field.
    """
    _check_common(document)
    _check_revision(document)
    _check_cosigners(document)
    check = _BODY_RULES[type(document.body)]
    check(document.body)
    if isinstance(document, Enrolment) and document.body.signing_key != document.author.key:
        raise Refused("key-invalid", "body.signing_key", found=document.body.signing_key)


def is_id(text: str) -> bool:
    """Tell whether `text` has the form of an id: 1-64 of letters, digits, `.`, `-`, `_`, not beginning with a sign."""
    return _ID.fullmatch(text) is not None


def is_recipient(text: str) -> bool:
    """Tell whether `text` has the form of an age recipient: the public line that files are sealed to."""
    return _RECIPIENT.fullmatch(text) is not None


def _check_common(document: AnyDocument) -> None:
    _id(document.round, "round")
    _id(document.author.person, "author.person")
    _key(document.author.key, "author.key")
    if document.agency:
        _id(document.agency, "agency")
    elif kind_of(document) in ABOUT_ONE_AGENCY:
        raise Refused("agency-missing", "agency")
    if document.roster:
        _digest(document.roster, "roster")
    if document.criteria:
        _digest(document.criteria, "criteria")
    if _MADE_AT.fullmatch(document.made_at) is None:
        raise Refused("value-invalid", "made_at", found=document.made_at)


def _check_revision(document: AnyDocument) -> None:
    if document.seq < 1:
        raise Refused("seq-invalid", "seq", found=document.seq)
    if document.seq == 1:
        if document.supersedes:
            raise Refused("parent-unexpected", "supersedes")
        return
    if not document.reason.strip():
        raise Refused("reason-missing", "reason")
    if not document.supersedes:
        raise Refused("parent-missing", "supersedes")
    _digests(document.supersedes, "supersedes")
    _sorted(document.supersedes, "supersedes")


def _check_cosigners(document: AnyDocument) -> None:
    if not document.cosigners:
        return
    if kind_of(document) not in COSIGNED or document.author.key in document.cosigners:
        raise Refused("cosigners-not-allowed", "cosigners")
    if len(document.cosigners) >= MOST_SIGNATURES:
        raise Refused("too-many-signatures", "cosigners", limit=MOST_SIGNATURES)
    for key in document.cosigners:
        _key(key, "cosigners")
    _sorted(document.cosigners, "cosigners")


# --- forms ---------------------------------------------------------------------------------------------------


def _id(text: str, where: str) -> None:
    if _ID.fullmatch(text) is None:
        raise Refused("id-invalid", where, found=text)


def _digest(text: str, where: str) -> None:
    if _DIGEST.fullmatch(text) is None:
        raise Refused("digest-invalid", where, found=text)


def _digests(texts: Iterable[str], where: str) -> None:
    for text in texts:
        _digest(text, where)


def _key(text: str, where: str) -> None:
    if _KEY.fullmatch(text) is None:
        raise Refused("key-invalid", where, found=text)


def _recipient(text: str, where: str) -> None:
    if _RECIPIENT.fullmatch(text) is None:
        raise Refused("recipient-invalid", where, found=text)


def _at_least(number: int, least: int, where: str) -> None:
    if number < least:
        raise Refused("value-invalid", where, found=number)


def _unique(names: Sequence[str], where: str) -> None:
    if len(set(names)) != len(names):
        raise Refused("list-not-sorted", where)


def _sorted(names: tuple[str, ...], where: str) -> None:
    if len(names) > 1 and tuple(sorted(set(names))) != names:
        raise Refused("list-not-sorted", where)


def _ratio(ratio: Ratio | None, where: str) -> None:
    if ratio is not None and (ratio.den < 1 or gcd(ratio.num, ratio.den) != 1):
        raise Refused("value-invalid", where, found=f"{ratio.num}/{ratio.den}")


# --- sheets and what rests on them ---------------------------------------------------------------------------


def _answer(answer: Answer, where: str) -> None:
    if answer.state != "scored":
        if not answer.reason.strip():
            raise Refused("reason-missing", where)
        if answer.ticks or answer.indicators or answer.bands or answer.percent is not None:
            raise Refused("value-invalid", where, found=answer.state)
    _sorted(answer.ticks, where)
    if answer.percent is not None and not 0 <= answer.percent <= 100:
        raise Refused("value-invalid", where, found=answer.percent)
    if answer.bands:
        _unique([band.dimension for band in answer.bands], where)
    if answer.indicators:
        _indicators(answer.indicators, where)


def _indicators(indicators: Sequence[IndicatorAnswer], where: str) -> None:
    _unique([indicator.code for indicator in indicators], where)
    for indicator in indicators:
        if indicator.score is None:
            continue
        if not 0 <= indicator.score <= 500:
            raise Refused("value-invalid", where, found=indicator.score)
        if not indicator.reason.strip():
            raise Refused("reason-missing", where)


def _evidence(links: Iterable[Evidence]) -> None:
    for link in links:
        _digest(link.document, "body.evidence")
        _at_least(link.page, 1, "body.evidence")


def _declaration(body: DeclarationBody) -> None:
    if body.state != "no_conflict" and not body.text.strip():
        raise Refused("reason-missing", "body.text")


def _scoresheet(body: ScoresheetBody) -> None:
    _id(body.seat, "body.seat")
    _unique([item.item for item in body.items], "body.items")
    for item in body.items:
        _answer(item.answer, "body.items")
        _ratio(item.claimed, "body.items")
    _evidence(body.evidence)


def _reveal(body: RevealBody) -> None:
    _digests(body.sheets, "body.sheets")
    _sorted(body.sheets, "body.sheets")
    if body.own not in body.sheets:
        raise Refused("value-invalid", "body.own", found=body.own)


def _consensus(body: ConsensusBody) -> None:
    _digest(body.reveal, "body.reveal")
    _digests(body.rests_on, "body.rests_on")
    _unique(body.rests_on, "body.rests_on")
    _unique([item.item for item in body.items], "body.items")
    for item in body.items:
        _answer(item.answer, "body.items")
        _ratio(item.claimed, "body.items")
    for comment in body.comments:
        _digests(comment.origin, "body.comments")
    _evidence(body.evidence)
    for name, seats in (("missing_seats", body.missing_seats), ("announced_dissent", body.announced_dissent)):
        _unique([seat.person for seat in seats], f"body.{name}")
        for seat in seats:
            _id(seat.person, f"body.{name}")
            if not seat.reason.strip():
                raise Refused("reason-missing", f"body.{name}")


def _endorsement(body: EndorsementBody) -> None:
    _digest(body.consensus, "body.consensus")
    _digest(body.own_sheet, "body.own_sheet")
    _unique([dissent.item for dissent in body.items], "body.items")
    if not body.agrees and not body.items and not body.reason.strip():
        raise Refused("reason-missing", "body.reason")
    if body.agrees and body.items:
        raise Refused("value-invalid", "body.items", found="agrees")
    if any(not dissent.reason.strip() for dissent in body.items):
        raise Refused("reason-missing", "body.items")


# --- results -------------------------------------------------------------------------------------------------


def _approval(state: str, approval: Approval | None) -> None:
    if (state == "official") != (approval is not None):
        raise Refused("value-invalid", "body.approval", found=state)


def _result(body: ResultBody) -> None:
    _approval(body.state, body.approval)
    _digest(body.consensus, "body.consensus")
    if _SALT.fullmatch(body.salt) is None:
        raise Refused("value-invalid", "body.salt", found=body.salt)
    _unique([item.item for item in body.items], "body.items")
    _unique([category.category for category in body.categories], "body.categories")
    for item in body.items:
        _answer(item.answer, "body.items")
        _ratio(item.exact, "body.items")
    for category in body.categories:
        _ratio(category.exact, "body.categories")
    _ratio(body.total, "body.total")
    _evidence(body.evidence)


def _ranking(body: RankingBody) -> None:
    _approval(body.state, body.approval)
    agencies = [row.agency for row in body.rows] + list(body.unranked)
    _unique(agencies, "body.rows")
    for agency in agencies:
        _id(agency, "body.rows")
    for row in body.rows:
        _at_least(row.rank, 1, "body.rows")
        _digest(row.result, "body.rows")
        _ratio(row.total, "body.rows")


# --- the round -----------------------------------------------------------------------------------------------


def _roots(roots: Sequence[RootPerson], threshold: int) -> None:
    for root in roots:
        _id(root.person, "body.roots")
        _key(root.key, "body.roots")
    _unique([root.person for root in roots], "body.roots")
    _unique([root.key for root in roots], "body.roots")
    if not 1 <= threshold <= len(roots):
        raise Refused("value-invalid", "body.threshold", found=threshold)


def _roster(body: RosterBody) -> None:
    _roots(body.roots, body.threshold)
    _unique(body.secretariat, "body.secretariat")
    for person in body.secretariat:
        _id(person, "body.secretariat")
    _persons(body)
    for agency in body.agencies:
        _id(agency.agency, "body.agencies")
    _unique([agency.agency for agency in body.agencies], "body.agencies")
    _panels(body)
    _digests((*body.kept, *body.accepted), "body.kept")
    if body.recovery:
        _recipient(body.recovery, "body.recovery")


def _persons(body: RosterBody) -> None:
    _unique([person.person for person in body.persons], "body.persons")
    _unique([key.key for person in body.persons for key in person.keys], "body.persons")
    for person in body.persons:
        _id(person.person, "body.persons")
        for key in person.keys:
            _key(key.key, "body.persons")
            if key.recipient:
                _recipient(key.recipient, "body.persons")


def _panels(body: RosterBody) -> None:
    _unique([panel.agency for panel in body.panels], "body.panels")
    for panel in body.panels:
        _id(panel.agency, "body.panels")
        _id(panel.chair, "body.panels")
        if panel.acting_chair:
            _id(panel.acting_chair, "body.panels")
        _unique([seat.seat for seat in panel.seats], "body.panels")
        _unique([seat.person for seat in panel.seats], "body.panels")
        for seat in panel.seats:
            _id(seat.seat, "body.panels")
            _id(seat.person, "body.panels")
            _unique(seat.items, "body.panels")


def _paper_list(papers: Sequence[Paper], where: str) -> None:
    _unique([paper.digest for paper in papers], where)
    for paper in papers:
        _digest(paper.digest, where)
        _at_least(paper.bytes, 1, where)
        _at_least(paper.pages, 0, where)


def _assignment(body: AssignmentBody) -> None:
    _id(body.seat, "body.seat")
    _id(body.person, "body.person")
    _unique([agency.agency for agency in body.agencies], "body.agencies")
    for agency in body.agencies:
        _id(agency.agency, "body.agencies")
        _paper_list(agency.papers, "body.agencies")


def _papers(body: PapersBody) -> None:
    _id(body.seat, "body.seat")
    _id(body.person, "body.person")
    _paper_list(body.papers, "body.papers")


def _extract(body: ExtractBody) -> None:
    _roots(body.roots, body.threshold)
    _unique(body.secretariat_keys, "body.secretariat_keys")
    for key in body.secretariat_keys:
        _key(key, "body.secretariat_keys")


def _enrolment(body: EnrolmentBody) -> None:
    _recipient(body.age_recipient, "body.age_recipient")
    if _PROOF.fullmatch(body.proof) is None:
        raise Refused("proof-invalid", "body.proof")


def _criteria(body: CriteriaBody) -> None:
    for key, value in body.settings.items():
        plain = isinstance(value, str | int) or (
            isinstance(value, list)
            and all(isinstance(member, int) and not isinstance(member, bool) for member in value)
        )
        if not plain:
            raise Refused("value-invalid", f"body.settings.{key}", found=type(value).__name__)


def _manifest(body: ManifestBody) -> None:
    for entry in body.entries:
        _digest(entry.digest, "body.entries")
        _at_least(entry.bytes, 1, "body.entries")
        if entry.kind == "manifest":
            raise Refused("manifest-invalid", "body.entries", found=entry.kind)
    for blob in body.blobs:
        _digest(blob.digest, "body.blobs")
        _at_least(blob.bytes, 1, "body.blobs")
    for where, names in (("entries", [e.digest for e in body.entries]), ("blobs", [b.digest for b in body.blobs])):
        if len(set(names)) != len(names):
            raise Refused("entry-duplicate", f"body.{where}")


_BODY_RULES: Mapping[type, Callable[[Any], None]] = {
    EnrolmentBody: _enrolment,
    CriteriaBody: _criteria,
    RosterBody: _roster,
    AssignmentBody: _assignment,
    PapersBody: _papers,
    DeclarationBody: _declaration,
    ScoresheetBody: _scoresheet,
    RevealBody: _reveal,
    ConsensusBody: _consensus,
    EndorsementBody: _endorsement,
    ResultBody: _result,
    RankingBody: _ranking,
    ExtractBody: _extract,
    ManifestBody: _manifest,
}
