# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the reports show: plain values, filled by the services.

Texts of the data come in Thai and English where the data has both; `en` empty means the Thai text stands in both
reports. Scores come as strings, rounded by the edition's rule (`domain.scoring.display`), with Arabic digits and a
full stop; an empty string means that there is no score. Fractions beside them only place a bar or a corner of a
picture. Nothing here knows documents, files or the store.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from pmqa_desktop.text import pick
from pmqa_desktop.thai import Digits

ItemState = Literal["scored", "not_applicable", "missing", "unsettled"]
ResultState = Literal["draft", "official", "provisional"]
ReadyState = Literal["ok", "warning", "failed", "left-out"]
FingerprintSubject = Literal["roster", "scoresheet", "consensus", "pack"]
SeatState = Literal["signed", "agrees", "dissents", "recused", "missing", "awaited"]


@dataclass(frozen=True, slots=True)
class Options:
    """How the reader wants the report; `digits` applies to Thai reports and to the program's own numbers only."""

    language: str = "th"
    digits: Digits = "arabic"


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the data in both languages."""

    th: str
    en: str = ""

    def told(self, language: str) -> str:
        """Return the text in the language, the Thai one where English is empty."""
        return pick(self.th, self.en, language)


@dataclass(frozen=True, slots=True)
class RoundHead:
    """What every page says about its round.

    `notice` is the edition's notice on its wording; `owner` the office that owns the criteria; `max_score` the
    highest total; `confidentiality` a security class such as ลับ, empty when the round sets none.
    """

    title: Words
    year_be: int
    rehearsal: bool
    edition: Words
    notice: Words
    owner: Words
    max_score: str
    confidentiality: str = ""


@dataclass(frozen=True, slots=True)
class AwardWonLine:
    """An award that the agency has had before; `category` is a number or empty."""

    year_be: int
    title: Words
    category: str = ""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """When, how and with whom the evaluation took place; `mode` is `online` or `onsite`."""

    date: datetime
    mode: str
    platform: str = ""
    venue: str = ""
    represented_by: str = ""
    on_behalf_of: str = ""
    highlights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyHead:
    """Who is evaluated."""

    agency: str
    name: Words
    short: str = ""
    ministry: str = ""
    fictitious: bool = False
    history: tuple[AwardWonLine, ...] = ()
    dimensions: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    session: SessionRecord | None = None


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One place on the panel, told by office; `reason` says why a seat is missing, recused or dissents."""

    seat: str
    title: Words
    state: SeatState = "signed"
    office: Words = Words("")
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LevelLine:
    """An award level of the total and the score from which it is reached."""

    code: str
    name: Words
    line: str
    fraction: Fraction


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """The act that made a result official: the body, its meeting's number, and the day (a text where it is no day)."""

    body: str
    meeting: str
    day: date | str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The total of one agency.

    `total` is displayed, `fraction` its share of the highest total (None without a total); `level` the level
    reached (empty words: none); `distance` what is missing to `next_level` (empty when there is none).
    """

    total: str
    fraction: Fraction | None
    level: Words
    level_code: str = ""
    distance: str = ""
    next_level: Words = Words("")
    next_line: str = ""
    ladder: tuple[LevelLine, ...] = ()
    awards: tuple[Words, ...] = ()
    state: ResultState = "draft"
    approval: ApprovalLine | None = None


@dataclass(frozen=True, slots=True)
class PointLine:
    """One checklist point and whether it was judged as met."""

    code: str
    text: Words
    met: bool


@dataclass(frozen=True, slots=True)
class ItemLevelLine:
    """One level of a checklist item: points met of all; `counted` tells whether the gate lets them count."""

    code: str
    name: Words
    met: int
    of: int
    full: bool
    counted: bool = True
    points: tuple[PointLine, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator of a result item; `years` holds earlier results as `2562=81.5`; `success` is a percent."""

    code: str
    name: Words
    unit: Words = Words("")
    target: str = ""
    result: str = ""
    success: str = ""
    score: str = ""
    lower_is_better: bool = False
    years: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A page of the agency's own report that the judgement rests on."""

    document: str
    page: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item as the agency sees it; no evaluator and no origin of a text is named."""

    code: str
    title: Words
    state: ItemState
    score: str
    level: Words = Words("")
    level_code: str = ""
    reason: str = ""
    levels: tuple[ItemLevelLine, ...] = ()
    indicators: tuple[IndicatorLine, ...] = ()
    percent: str = ""
    strengths: tuple[str, ...] = ()
    ofis: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    visit_issues: tuple[str, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryResult:
    """One category: its score, its share of the highest score (None: not scored) and its items."""

    code: str
    title: Words
    score: str
    fraction: Fraction | None
    items: tuple[ItemResult, ...] = ()
    short: Words = Words("")
    max_score: str = ""


@dataclass(frozen=True, slots=True)
class Themes:
    """What the panel wrote on the agency as a whole, by kind; no origin of a text is named."""

    strengths: tuple[str, ...] = ()
    ofis: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    visit_issues: tuple[str, ...] = ()

    @property
    def some(self) -> bool:
        """Whether anything is written."""
        return bool(self.strengths or self.ofis or self.recommendations or self.visit_issues)


@dataclass(frozen=True, slots=True)
class FeedbackReport:
    """รายงานป้อนกลับ: what the agency reads. `made_on` is the date of the report."""

    round: RoundHead
    agency: AgencyHead
    seats: tuple[SeatLine, ...]
    outcome: Outcome
    categories: tuple[CategoryResult, ...]
    themes: Themes = Themes()
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One item of the panel's matrix: a score per seat (empty: none), the settled score and why.

    `has_levels` is false for items without levels, as those of results.
    """

    code: str
    title: Words
    scores: tuple[str, ...]
    settled: str
    level: Words = Words("")
    level_code: str = ""
    spread: str = ""
    over: bool = False
    reason: str = ""
    fractions: tuple[Fraction | None, ...] = ()
    settled_fraction: Fraction | None = None
    has_levels: bool = True


@dataclass(frozen=True, slots=True)
class DissentLine:
    """A member's signed disagreement, with one item or (empty `item`) with the whole."""

    seat: Words
    reason: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class PanelSheet:
    """ใบมติคณะกรรมการ, for the panel and the secretariat only.

    `seats` name the columns of the matrix and the signature lines. `fingerprint` is the consensus document's, as
    four groups of letters; `have` of `need` scored sheets are the quorum; `tolerance` is the edition's, worded.
    """

    round: RoundHead
    agency: AgencyHead
    seats: tuple[SeatLine, ...]
    rows: tuple[MatrixLine, ...]
    categories: tuple[CategoryResult, ...]
    outcome: Outcome
    dissents: tuple[DissentLine, ...] = ()
    fingerprint: tuple[str, ...] = ()
    revision: int = 1
    have: int = 0
    need: int = 0
    tolerance: str = ""
    signed_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """รายงานการประชุม of one evaluation; `recommendations` are pairs of item code and text."""

    round: RoundHead
    agency: AgencyHead
    seats: tuple[SeatLine, ...]
    outcome: Outcome
    categories: tuple[CategoryResult, ...]
    recommendations: tuple[tuple[str, str], ...] = ()
    dissents: tuple[DissentLine, ...] = ()
    fingerprint: tuple[str, ...] = ()
    meeting: str = ""
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class RankingLine:
    """One agency of the ranking; an empty `rank` or `total` means that it has no result yet."""

    rank: str
    agency: Words
    total: str
    level: Words = Words("")
    level_code: str = ""
    awards: tuple[Words, ...] = ()
    state: ResultState = "draft"
    note: Words = Words("")
    fraction: Fraction | None = None
    ministry: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """ลำดับผลการประเมิน of the round; `tie_rule` says how equal totals are ranked."""

    round: RoundHead
    rows: tuple[RankingLine, ...]
    ladder: tuple[LevelLine, ...] = ()
    tie_rule: Words = Words("")
    expected: int = 0
    received: int = 0
    approval: ApprovalLine | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublicSummary:
    """One page for the public: no score of an item, no text of the panel beyond the level reached."""

    round: RoundHead
    agency: AgencyHead
    seats: tuple[SeatLine, ...]
    outcome: Outcome
    show_total: bool = False
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class ScoresheetRecord:
    """An evaluator's own record of one signed sheet."""

    round: RoundHead
    agency: AgencyHead
    seat: SeatLine
    outcome: Outcome
    categories: tuple[CategoryResult, ...]
    revision: int = 1
    fingerprint: tuple[str, ...] = ()
    signed_on: datetime | None = None
    after_reveal: bool = False


@dataclass(frozen=True, slots=True)
class FingerprintPage:
    """What two people compare: `digest` goes into the QR code, `fingerprint` are its four rows of groups.

    `subject` says what kind of document it is; `revision` 0 and an absent seat, agency or time are left out.
    """

    round: RoundHead
    subject: FingerprintSubject
    digest: str
    fingerprint: tuple[str, ...]
    agency: AgencyHead | None = None
    seat: SeatLine | None = None
    revision: int = 0
    signed_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeatLetter:
    """The letter with a seat's pack; `digest` and `fingerprint` are those of the round's first roster.

    `due` is the day by which the sheets are wanted; an empty `number` leaves dots to fill in.
    """

    round: RoundHead
    seat: SeatLine
    agencies: tuple[AgencyHead, ...]
    digest: str
    fingerprint: tuple[str, ...]
    signer: Words
    number: str = ""
    due: date | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReadinessLine:
    """One thing tried on a laptop; `message` is a message id whose placeholder `found` fills."""

    name: str
    state: ReadyState
    message: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """The self-test of one laptop; `program` is its name and version."""

    round: RoundHead
    lines: tuple[ReadinessLine, ...]
    program: str
    made_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoverMemo:
    """บันทึกข้อความ over the minutes; an empty `number` leaves dots to fill in."""

    round: RoundHead
    agency: AgencyHead
    outcome: Outcome
    office: Words
    to: Words
    signer: Words
    number: str = ""
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One feedback text for the workbook; `kind` is a comment kind of the domain, an empty `item` a key theme."""

    agency: Words
    item: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class AgencyResult:
    """One agency's results for the workbook and the CSV table."""

    agency: AgencyHead
    outcome: Outcome
    categories: tuple[CategoryResult, ...]
    rank: str = ""
    seats: tuple[SeatLine, ...] = ()
    matrix: tuple[MatrixLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundResults:
    """All results of a round for XLSX and CSV; `settings` and `provenance` are pairs of a name and a value."""

    round: RoundHead
    agencies: tuple[AgencyResult, ...]
    comments: tuple[CommentLine, ...] = ()
    settings: tuple[tuple[Words, Words], ...] = ()
    provenance: tuple[tuple[Words, Words], ...] = ()
