# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The signed documents, kind by kind: their typed payloads, as `docs/bundle-format.md` specifies them.

A digest is `"sha256:" + 64 hex digits` of the payload bytes. A key is the raw Ed25519 public key as 64
lower-case hex digits; a key id is the SHA-256 of the raw key, in hex.
"""

from typing import Any, Literal

from pmqa_desktop.domain.answers import Answer, CommentKind, Evidence, ItemAnswer, Ratio, Value
from pmqa_desktop.domain.answers import Comment as Comment

Kind = Literal[
    "enrolment", "criteria", "roster", "assignment", "papers", "declaration", "scoresheet",
    "reveal", "consensus", "endorsement", "result", "ranking", "extract", "manifest",
]  # fmt: skip
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
COSIGNED: frozenset[str] = frozenset({"roster", "extract", "result", "ranking"})


class Author(Value, frozen=True):
    """Who made a document: a person of the roster and the key it was signed with."""

    person: str
    key: str


class Document(Value, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind has in common.

    `seq` starts at 1; from 2 on `supersedes` (digests, sorted) and `reason` are required. `roster` and
    `criteria` are the digests the signer worked under. `cosigners` lists the raw keys, sorted, of the others
    who may sign this very document (only the kinds in `COSIGNED`). `made_at` is advisory, ISO 8601 UTC.
    """

    round: str
    rehearsal: bool
    author: Author
    seq: int
    app: str
    made_at: str
    agency: str = ""
    supersedes: tuple[str, ...] = ()
    reason: str = ""
    roster: str = ""
    criteria: str = ""
    cosigners: tuple[str, ...] = ()


class EnrolmentBody(Value, frozen=True):
    """A person's new key; `proof` is the hex signature over `pmqa-enrolment-v1` NUL signing key NUL age recipient."""

    name: str
    office: str
    signing_key: str
    age_recipient: str
    proof: str


class CriteriaBody(Value, frozen=True):
    """The frozen edition (the plain tree of its TOML, dates as strings) and the confirmed settings by key.

    A setting's value is a boolean, an integer, a string (choices and decimals) or a list of integers.
    """

    edition: dict[str, Any]
    settings: dict[str, Any]


class PersonKey(Value, frozen=True):
    """One device's key of a person; `recipient` is its age recipient."""

    key: str
    recipient: str = ""
    state: Literal["active", "retired", "compromised"] = "active"


class Person(Value, frozen=True):
    """A person, told by office and never by name."""

    person: str
    office_th: str
    office_en: str
    keys: tuple[PersonKey, ...]


class RootPerson(Value, frozen=True):
    """Somebody whose signature counts for the roster itself."""

    person: str
    key: str


class Seat(Value, frozen=True):
    """One place on a panel; `items` empty means all items; `conflict` tells a tie known beforehand."""

    seat: str
    person: str
    title_th: str
    title_en: str
    items: tuple[str, ...] = ()
    conflict: str = ""


class Panel(Value, frozen=True):
    """The evaluators of one agency; `chair` and `acting_chair` are persons."""

    agency: str
    chair: str
    seats: tuple[Seat, ...]
    acting_chair: str = ""


class AwardWon(Value, frozen=True):
    """An award that the agency has had before."""

    year_be: int
    title_th: str
    category: str = ""


class Session(Value, frozen=True):
    """When, how and with whom the evaluation takes place; `date` is ISO 8601 with offset; mode `online` or `onsite`."""

    date: str
    mode: Literal["online", "onsite"]
    platform: str = ""
    venue_th: str = ""
    represented_by_th: str = ""
    on_behalf_of_th: str = ""
    highlights_th: tuple[str, ...] = ()


class Agency(Value, frozen=True):
    """A government agency that is evaluated; `fictitious` marks those invented for practice."""

    agency: str
    name_th: str
    name_en: str
    short_th: str
    ministry_th: str = ""
    fictitious: bool = False
    award_history: tuple[AwardWon, ...] = ()
    dimensions_th: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    session: Session | None = None


class Due(Value, frozen=True):
    """A due date (ISO date) for one kind of work, for example `scoresheet`."""

    what: str
    date: str


class RosterBody(Value, frozen=True):
    """Who may sign what in this round; the program's only source of rights."""

    title_th: str
    title_en: str
    year_be: int
    roots: tuple[RootPerson, ...]
    threshold: int
    secretariat: tuple[str, ...]
    persons: tuple[Person, ...]
    agencies: tuple[Agency, ...]
    panels: tuple[Panel, ...]
    due: tuple[Due, ...] = ()
    recovery: str = ""
    kept: tuple[str, ...] = ()
    state: Literal["open", "closed"] = "open"
    accepted: tuple[str, ...] = ()
    confidentiality: str = ""


class Paper(Value, frozen=True):
    """One document of an agency: digest of its bytes, size, name to show, pages."""

    digest: str
    bytes: int
    name: str
    pages: int
    media_type: str = "application/pdf"


class AssignedAgency(Value, frozen=True):
    """An agency of a seat's pack and the list of its papers."""

    agency: str
    papers: tuple[Paper, ...] = ()


class AssignmentBody(Value, frozen=True):
    """What one seat is to evaluate."""

    seat: str
    person: str
    agencies: tuple[AssignedAgency, ...]


class PapersBody(Value, frozen=True):
    """One agency's documents for one seat; the bytes follow as blobs of the bundle."""

    seat: str
    person: str
    papers: tuple[Paper, ...]


class DeclarationBody(Value, frozen=True):
    """The signer's word on ties with the agency; `recused` needs `text` as its reason."""

    state: Literal["no_conflict", "tie_told", "recused"]
    text: str = ""


class ScoresheetBody(Value, frozen=True):
    """One evaluator's judgement; items absent here are missing. `after_reveal` when revised after seeing peers."""

    seat: str
    items: tuple[ItemAnswer, ...]
    comments: tuple[Comment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    after_reveal: bool = False


class RevealBody(Value, frozen=True):
    """All sheets present before any was opened (sorted digests), the chair's own scored one among them."""

    sheets: tuple[str, ...]
    own: str


class SettledItem(Value, frozen=True):
    """The panel's answer to one item and, where the individual scores differ beyond tolerance, the reason."""

    item: str
    answer: Answer
    claimed: Ratio | None = None
    reason: str = ""


class MergedComment(Value, frozen=True):
    """A feedback text and the sheets it came from (digests); empty when written at the panel table.

    An empty `item` (`answers.WHOLE_AGENCY`) makes it a key theme: a text on the agency as a whole.
    """

    item: str
    kind: CommentKind
    text: str
    origin: tuple[str, ...] = ()


class MissingSeat(Value, frozen=True):
    """A seat whose sheet the consensus does without, and why."""

    person: str
    reason: str


class ConsensusBody(Value, frozen=True):
    """The panel's one judgement: what it rests on, item by item, with reasons.

    `record` is the evaluation's record as held; `announced_dissent` are words a member announced and the chair
    noted: only an endorsement makes a dissent.
    """

    stage: Literal["consensus", "visit"]
    reveal: str
    rests_on: tuple[str, ...]
    items: tuple[SettledItem, ...]
    comments: tuple[MergedComment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    missing_seats: tuple[MissingSeat, ...] = ()
    record: Session | None = None
    announced_dissent: tuple[MissingSeat, ...] = ()


class ItemDissent(Value, frozen=True):
    """A member's disagreement on one item."""

    item: str
    reason: str


class EndorsementBody(Value, frozen=True):
    """A member's word on one consensus: agrees, or dissents as a whole (`reason`) or per item."""

    consensus: str
    own_sheet: str
    agrees: bool
    reason: str = ""
    items: tuple[ItemDissent, ...] = ()


class Approval(Value, frozen=True):
    """The body that approved an official result, its meeting number and date (ISO)."""

    body: str
    meeting: str
    date: str


class PublishedItem(Value, frozen=True):
    """One item as the agency sees it; `level` is a level code or absent."""

    item: str
    answer: Answer
    exact: Ratio | None = None
    display: str = ""
    level: str = ""


class PublishedCategory(Value, frozen=True):
    """One category as the agency sees it."""

    category: str
    exact: Ratio
    display: str


class PublishedComment(Value, frozen=True):
    """A feedback text without its origin; an empty `item` as in `MergedComment`."""

    item: str
    kind: CommentKind
    text: str


class ResultBody(Value, frozen=True):
    """One agency's result; nobody's seat is told. `salt` is 16 random bytes in hex."""

    state: Literal["draft", "official"]
    consensus: str
    salt: str
    items: tuple[PublishedItem, ...]
    categories: tuple[PublishedCategory, ...]
    total: Ratio
    display: str
    official: str
    level: str = ""
    awards: tuple[str, ...] = ()
    comments: tuple[PublishedComment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    approval: Approval | None = None


class RankedAgency(Value, frozen=True):
    """One line of the ranking; equal exact totals share a rank."""

    rank: int
    agency: str
    result: str
    total: Ratio


class RankingBody(Value, frozen=True):
    """The round's agencies in rank order; `unranked` are incomplete or stale."""

    state: Literal["draft", "official"]
    rows: tuple[RankedAgency, ...]
    unranked: tuple[str, ...] = ()
    approval: Approval | None = None


class ExtractBody(Value, frozen=True):
    """The roster's public part: what an outsider needs to check a result, and nobody's seat."""

    roots: tuple[RootPerson, ...]
    threshold: int
    secretariat_keys: tuple[str, ...] = ()


class ManifestEntry(Value, frozen=True):
    """One document of a bundle; `bytes` is its payload's length."""

    digest: str
    bytes: int
    kind: Kind


class ManifestBlob(Value, frozen=True):
    """One attached file of a bundle; its name is shown, never used as a path."""

    digest: str
    bytes: int
    media_type: str
    name: str


class ManifestBody(Value, frozen=True):
    """Everything listed is there, nothing else is there."""

    entries: tuple[ManifestEntry, ...]
    blobs: tuple[ManifestBlob, ...] = ()


class Enrolment(Document, frozen=True, kw_only=True, tag="enrolment"):
    """A request to enter a key into the roster."""

    body: EnrolmentBody


class Criteria(Document, frozen=True, kw_only=True, tag="criteria"):
    """The round's frozen edition."""

    body: CriteriaBody


class Roster(Document, frozen=True, kw_only=True, tag="roster"):
    """A version of the roster; `seq` is its number and the round's only clock."""

    body: RosterBody


class Assignment(Document, frozen=True, kw_only=True, tag="assignment"):
    """A seat's work."""

    body: AssignmentBody


class Papers(Document, frozen=True, kw_only=True, tag="papers"):
    """One agency's documents for one seat."""

    body: PapersBody


class Declaration(Document, frozen=True, kw_only=True, tag="declaration"):
    """An evaluator's declaration on one agency."""

    body: DeclarationBody


class Scoresheet(Document, frozen=True, kw_only=True, tag="scoresheet"):
    """An evaluator's signed sheet on one agency."""

    body: ScoresheetBody


class Reveal(Document, frozen=True, kw_only=True, tag="reveal"):
    """The chair's list of sheets, fixed before opening them."""

    body: RevealBody


class Consensus(Document, frozen=True, kw_only=True, tag="consensus"):
    """The panel's judgement on one agency."""

    body: ConsensusBody


class Endorsement(Document, frozen=True, kw_only=True, tag="endorsement"):
    """A member's signature under, or dissent from, a consensus."""

    body: EndorsementBody


class Result(Document, frozen=True, kw_only=True, tag="result"):
    """One agency's result as published."""

    body: ResultBody


class Ranking(Document, frozen=True, kw_only=True, tag="ranking"):
    """The round's ranking."""

    body: RankingBody


class Extract(Document, frozen=True, kw_only=True, tag="extract"):
    """The roster's public extract."""

    body: ExtractBody


class Manifest(Document, frozen=True, kw_only=True, tag="manifest"):
    """The first line of a bundle."""

    body: ManifestBody


AnyDocument = (
    Enrolment | Criteria | Roster | Assignment | Papers | Declaration | Scoresheet | Reveal
    | Consensus | Endorsement | Result | Ranking | Extract | Manifest
)  # fmt: skip


def kind_of(document: AnyDocument) -> Kind:
    """Return the kind name that stands in the document and in its payload type."""
    return document.__struct_config__.tag  # type: ignore[return-value]


Slot = tuple[str, ...]


def slot_of(document: AnyDocument) -> Slot | None:
    """Return the place that a document fills; at one slot and `seq` there may be one document only.

    Slots count persons, never keys. None for kinds without a slot (enrolment, manifest).
    """
    match document:
        case Criteria() | Roster() | Ranking() | Extract():
            return (kind_of(document),)
        case Assignment():
            return ("assignment", document.body.seat)
        case Papers():
            return ("papers", document.agency, document.body.seat)
        case Declaration() | Scoresheet():
            return (kind_of(document), document.agency, document.author.person)
        case Reveal() | Consensus() | Result():
            return (kind_of(document), document.agency)
        case Endorsement():
            return ("endorsement", document.body.consensus, document.author.person)
        case _:
            return None
