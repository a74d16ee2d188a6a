# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Documents of every kind with real, seeded identities, and Hypothesis strategies that vary them.

Every builder gives a valid document that belongs to one small practice round: one agency, three seats
(`chair`, `expert-1`, `expert-2`) and two root persons (`office-1`, `office-2`). Keyword arguments change it.
"""

from functools import cache
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.answers import Answer, BandChoice, Comment, Evidence, IndicatorAnswer, ItemAnswer, Ratio
from pmqa_desktop.domain.documents import (
    KINDS,
    Agency,
    AnyDocument,
    Approval,
    AssignedAgency,
    Assignment,
    AssignmentBody,
    Author,
    AwardWon,
    Consensus,
    ConsensusBody,
    Criteria,
    CriteriaBody,
    Declaration,
    DeclarationBody,
    Due,
    Endorsement,
    EndorsementBody,
    Enrolment,
    EnrolmentBody,
    Extract,
    ExtractBody,
    ItemDissent,
    Manifest,
    ManifestBlob,
    ManifestBody,
    ManifestEntry,
    MergedComment,
    MissingSeat,
    Panel,
    Paper,
    Papers,
    PapersBody,
    Person,
    PersonKey,
    PublishedCategory,
    PublishedComment,
    PublishedItem,
    RankedAgency,
    Ranking,
    RankingBody,
    Result,
    ResultBody,
    Reveal,
    RevealBody,
    RootPerson,
    Roster,
    RosterBody,
    Scoresheet,
    ScoresheetBody,
    Seat,
    Session,
    SettledItem,
)
from pmqa_desktop.domain.payload import digest_of, encode_payload
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.envelope import cosign, sign_document
from pmqa_desktop.sync.keys import Identity, seeded_identity

ROUND = "practice-2569"
AGENCY = "moi-ops"
MADE_AT = "2026-01-02T03:04:05Z"
APP = "pmqa-desktop 0.1.0"
OFFICES = ("office-1", "office-2")
SEATS = ("chair", "expert-1", "expert-2")
PAPER = "รายงานผลการดำเนินการ 4.0".encode() * 40


@cache
def identity(person: str) -> Identity:
    """The identity of a person of the practice round; never close it."""
    return seeded_identity(person, b"tests")


def author(person: str) -> Author:
    return Author(person=person, key=identity(person).key)


def header(person: str, **changes: Any) -> dict[str, Any]:
    """The fields that every kind has, as `person` fills them."""
    plain = {"round": ROUND, "rehearsal": True, "author": author(person), "seq": 1, "app": APP, "made_at": MADE_AT}
    return plain | changes


def of_agency(person: str, **changes: Any) -> dict[str, Any]:
    """The fields of a document about the agency, under the round's roster and criteria."""
    return header(person, agency=AGENCY, roster=digest(a_roster()), criteria=digest(a_criteria()), **changes)


def digest(document: AnyDocument) -> str:
    return digest_of(encode_payload(document))


def signed(document: AnyDocument) -> Admitted:
    """The document signed by its author and, where it names co-signers of the round, by them."""
    admitted = sign_document(document, identity(document.author.person))
    for person in OFFICES:
        if identity(person).key in document.cosigners:
            admitted = cosign(admitted, identity(person))
    return admitted


def bundled(*documents: AnyDocument, exporter: str = "chair", **changes: Any) -> bytes:
    """A clear bundle of these documents."""
    plain = {"round": ROUND, "rehearsal": True, "made_at": MADE_AT, "app": APP}
    return bundle_bytes([signed(document) for document in documents], identity(exporter), **plain | changes)


# --- the round -----------------------------------------------------------------------------------------------


def an_enrolment(person: str = "expert-1", **changes: Any) -> Enrolment:
    held = identity(person)
    body = EnrolmentBody(
        name="ผู้ทรงคุณวุฒิ ๑",
        office="กรรมการผู้ทรงคุณวุฒิ",
        signing_key=held.key,
        age_recipient=held.recipient,
        proof=held.prove_possession(),
    )
    return Enrolment(**header(person), body=replace(body, **changes))


@cache
def a_criteria() -> Criteria:
    edition = {
        "edition": "small",
        "categories": [{"code": "1", "title_th": "การนำองค์การ", "items": [{"code": "1.1", "weight": "1.5"}]}],
    }
    settings = {"tolerance": "0.5", "quorum": 2, "not_applicable": False, "award_lines": [300, 400, 500]}
    return Criteria(**header("office-1"), body=CriteriaBody(edition=edition, settings=settings))


def a_person(person: str) -> Person:
    held = identity(person)
    key = PersonKey(key=held.key, recipient=held.recipient)
    return Person(person=person, office_th="สำนักงาน", office_en="Office", keys=(key,))


@cache
def an_agency(**changes: Any) -> Agency:
    return Agency(
        agency=AGENCY,
        name_th="สำนักงานปลัดกระทรวงมหาดไทย",
        name_en="Office of the Permanent Secretary for Interior",
        short_th="สป.มท.",
        fictitious=True,
        award_history=(AwardWon(year_be=2559, title_th="ด้านการนำองค์การ", category="1"),),
        session=a_session(),
        **changes,
    )


@cache
def a_session() -> Session:
    return Session(date="2021-08-03T09:00:00+07:00", mode="online", platform="Zoom", highlights_th=("โควิด-19",))


def a_panel() -> Panel:
    seats = tuple(Seat(seat=seat, person=seat, title_th="กรรมการ", title_en="Expert") for seat in SEATS)
    return Panel(agency=AGENCY, chair="chair", seats=seats)


def a_roster(**changes: Any) -> Roster:
    """The round's roster, made by the first office and co-signed by the second; `body` changes go by `with_body`."""
    cosigners = changes.pop("cosigners", (identity(OFFICES[1]).key,))
    return Roster(**header(OFFICES[0], cosigners=cosigners) | changes, body=_roster_body())


@cache
def _roster_body() -> RosterBody:
    return RosterBody(
        title_th="รอบฝึกซ้อม",
        title_en="Practice round",
        year_be=2569,
        roots=tuple(RootPerson(person=person, key=identity(person).key) for person in OFFICES),
        threshold=2,
        secretariat=OFFICES,
        persons=tuple(a_person(person) for person in (*OFFICES, *SEATS)),
        agencies=(an_agency(),),
        panels=(a_panel(),),
        due=(Due(what="scoresheet", date="2026-02-01"),),
        recovery=identity("recovery").recipient,
    )


def with_body(document: Any, **changes: Any) -> Any:
    """The same document with fields of its body changed."""
    return replace(document, body=replace(document.body, **changes))


def an_extract(**changes: Any) -> Extract:
    body = ExtractBody(
        roots=_roster_body().roots, threshold=2, secretariat_keys=tuple(identity(person).key for person in OFFICES)
    )
    return Extract(
        **header(OFFICES[0], roster=digest(a_roster()), cosigners=(identity(OFFICES[1]).key,)),
        body=replace(body, **changes),
    )


# --- packs ---------------------------------------------------------------------------------------------------


def a_paper(data: bytes = PAPER) -> Paper:
    return Paper(digest=digest_of(data), bytes=len(data), name="รายงาน.pdf", pages=3)


def an_assignment(seat: str = "expert-1", **changes: Any) -> Assignment:
    body = AssignmentBody(seat=seat, person=seat, agencies=(AssignedAgency(agency=AGENCY, papers=(a_paper(),)),))
    return Assignment(**header("office-1", roster=digest(a_roster())), body=replace(body, **changes))


def a_papers(seat: str = "expert-1", **changes: Any) -> Papers:
    body = PapersBody(seat=seat, person=seat, papers=(a_paper(),))
    return Papers(**of_agency("office-1"), body=replace(body, **changes))


# --- the evaluation ------------------------------------------------------------------------------------------


def a_declaration(seat: str = "expert-1", **changes: Any) -> Declaration:
    return Declaration(**of_agency(seat), body=replace(DeclarationBody(state="no_conflict"), **changes))


def an_answer(**changes: Any) -> Answer:
    return replace(Answer(ticks=("1.1.A1", "1.1.B1", "1.1.B2")), **changes)


def a_sheet_body(seat: str = "expert-1", **changes: Any) -> ScoresheetBody:
    indicator = IndicatorAnswer(code="RM1", result="85.0", years=("2562=81.5",))
    body = ScoresheetBody(
        seat=seat,
        items=(
            ItemAnswer(item="1.1", answer=an_answer(), claimed=Ratio(num=200)),
            ItemAnswer(item="1.2", answer=Answer(percent=45, bands=(BandChoice(dimension="A", band="50"),))),
            ItemAnswer(item="3.2", answer=Answer(state="not_applicable", reason="ไม่มีภารกิจนี้")),
            ItemAnswer(item="7.1", answer=Answer(indicators=(indicator,)), claimed=Ratio(num=1175, den=4)),
        ),
        comments=(Comment(item="1.1", kind="strength", text='ผู้นำ "สื่อสาร" วิสัยทัศน์\nทั่วทั้งองค์การ'),),
        evidence=(Evidence(item="1.1", document=digest_of(PAPER), page=2, point="1.1.B1", note="หน้า ๒"),),
    )
    return replace(body, **changes)


def a_scoresheet(seat: str = "expert-1", **changes: Any) -> Scoresheet:
    """A sheet of one seat; body fields by keyword, header fields by `header={...}`."""
    fields = of_agency(seat) | changes.pop("header", {})
    return Scoresheet(**fields, body=a_sheet_body(seat, **changes))


def a_revision(earlier: Any, reason: str = "แก้ไขตามที่หารือ", **changes: Any) -> Any:
    """The next revision of a document, naming it as its parent; `changes` are body fields."""
    later = replace(earlier, seq=earlier.seq + 1, supersedes=(digest(earlier),), reason=reason)
    return with_body(later, **changes)


def a_reveal(*sheets: Scoresheet, **changes: Any) -> Reveal:
    """The chair's reveal over `sheets` (all three seats' by default)."""
    shown = sheets or tuple(a_scoresheet(seat) for seat in SEATS)
    own = next(digest(sheet) for sheet in shown if sheet.author.person == "chair")
    body = RevealBody(sheets=tuple(sorted(map(digest, shown))), own=own)
    return Reveal(**of_agency("chair"), body=replace(body, **changes))


def a_consensus(**changes: Any) -> Consensus:
    reveal = a_reveal()
    body = ConsensusBody(
        stage="consensus",
        reveal=digest(reveal),
        rests_on=reveal.body.sheets,
        items=(SettledItem(item="1.1", answer=an_answer(), claimed=Ratio(num=200), reason="เห็นพ้องกัน"),),
        comments=(MergedComment(item="1.1", kind="ofi", text="ควรวัดผล", origin=reveal.body.sheets[:1]),),
        missing_seats=(MissingSeat(person="expert-3", reason="ลาป่วย"),),
        record=a_session(),
    )
    return Consensus(**of_agency("chair"), body=replace(body, **changes))


def an_endorsement(seat: str = "expert-1", **changes: Any) -> Endorsement:
    body = EndorsementBody(
        consensus=digest(a_consensus()),
        own_sheet=digest(a_scoresheet(seat)),
        agrees=False,
        items=(ItemDissent(item="1.1", reason="หลักฐานยังไม่พอ"),),
    )
    return Endorsement(**of_agency(seat), body=replace(body, **changes))


# --- what is published ---------------------------------------------------------------------------------------


def an_approval() -> Approval:
    return Approval(body="อ.ก.พ.ร.", meeting="3/2569", date="2026-03-01")


def a_result(**changes: Any) -> Result:
    body = ResultBody(
        state="official",
        consensus=digest(a_consensus()),
        salt="00112233445566778899aabbccddeeff",
        items=(PublishedItem(item="1.1", answer=an_answer(), exact=Ratio(num=200), display="200.00", level="basic"),),
        categories=(PublishedCategory(category="1", exact=Ratio(num=1175, den=4), display="293.75"),),
        total=Ratio(num=1175, den=4),
        display="293.75",
        official="293.75",
        comments=(PublishedComment(item="1.1", kind="ofi", text="ควรวัดผล"),),
        approval=an_approval(),
    )
    return Result(**of_agency(OFFICES[0], cosigners=(identity(OFFICES[1]).key,)), body=replace(body, **changes))


def themed() -> tuple[Consensus, Result]:
    """A consensus with key themes beside a text on one item, and the result that publishes them."""
    told = (("", "strength", "ใช้ข้อมูลร่วมกันทุกหมวด"), ("", "ofi", "ยังเทียบผลไม่ครบ"), ("1.1", "ofi", "ควรวัดผล"))
    consensus = a_consensus(comments=tuple(MergedComment(item=i, kind=k, text=t) for i, k, t in told))
    published = tuple(PublishedComment(item=i, kind=k, text=t) for i, k, t in told)
    return consensus, a_result(consensus=digest(consensus), comments=published)


def a_ranking(**changes: Any) -> Ranking:
    row = RankedAgency(rank=1, agency=AGENCY, result=digest(a_result()), total=Ratio(num=1175, den=4))
    body = RankingBody(state="official", rows=(row,), unranked=("other",), approval=an_approval())
    return Ranking(**header(OFFICES[0], roster=digest(a_roster())), body=replace(body, **changes))


def a_manifest(*documents: AnyDocument, exporter: str = "chair", **changes: Any) -> Manifest:
    """A table of contents over `documents` (one sheet by default)."""
    listed = documents or (a_scoresheet(),)
    entries = tuple(ManifestEntry(digest=digest(d), bytes=len(encode_payload(d)), kind=signed(d).kind) for d in listed)
    blob = ManifestBlob(digest=digest_of(PAPER), bytes=len(PAPER), media_type="application/pdf", name="รายงาน.pdf")
    return Manifest(**header(exporter), body=replace(ManifestBody(entries=entries, blobs=(blob,)), **changes))


BUILDERS = {
    "enrolment": an_enrolment,
    "criteria": a_criteria,
    "roster": a_roster,
    "assignment": an_assignment,
    "papers": a_papers,
    "declaration": a_declaration,
    "scoresheet": a_scoresheet,
    "reveal": a_reveal,
    "consensus": a_consensus,
    "endorsement": an_endorsement,
    "result": a_result,
    "ranking": a_ranking,
    "extract": an_extract,
    "manifest": a_manifest,
}
"""Every kind and the builder of its plainest document."""


# --- strategies ----------------------------------------------------------------------------------------------

THAI = "กขคงจฉชซญฐฑณดตถทธนบปผฝพฟภมยรลวศสหอะัาำิีึืุูเแโใไ็่้๊๋์ฯๆ๐๑๒๓๔๕๖๗๘๙"
texts = st.text(st.sampled_from(THAI + 'abc ABC 019"\\/\n\t–“”…é😀'), max_size=60)
"""Human text as offices write it, with all that needs care in JSON."""
words = texts.filter(lambda text: text.strip() != "")
digests = st.binary(min_size=1, max_size=4).map(digest_of)
ratios = st.fractions(min_value=0, max_value=1000, max_denominator=600).map(
    lambda exact: Ratio(num=exact.numerator, den=exact.denominator)
)
item_codes = st.builds("{}.{}".format, st.integers(1, 7), st.integers(1, 6))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Any answer that a sheet may hold."""
    if draw(st.booleans()):
        ticks = draw(st.sets(st.builds("1.1.{}{}".format, st.sampled_from("ABC"), st.integers(1, 9))))
        return Answer(ticks=tuple(sorted(ticks)), percent=draw(st.none() | st.integers(0, 100)))
    if draw(st.booleans()):
        return Answer(state="not_applicable", reason=draw(words))
    indicator = st.builds(IndicatorAnswer, code=st.sampled_from(["RM1", "RM2", "X1"]), result=texts, name=texts)
    found = draw(st.lists(indicator, max_size=3, unique_by=lambda one: one.code))
    return Answer(indicators=tuple(found))


@st.composite
def scoresheets(draw: st.DrawFn, seat: str = "expert-1") -> Scoresheet:
    """Any sheet of a seat."""
    codes = draw(st.lists(item_codes, max_size=6, unique=True))
    items = tuple(ItemAnswer(item=code, answer=draw(answers()), claimed=draw(st.none() | ratios)) for code in codes)
    comment = st.builds(Comment, item=item_codes, kind=st.sampled_from(["strength", "ofi"]), text=texts)
    link = st.builds(Evidence, item=item_codes, document=digests, page=st.integers(1, 999), note=texts)
    return a_scoresheet(
        seat,
        items=items,
        comments=tuple(draw(st.lists(comment, max_size=4))),
        evidence=tuple(draw(st.lists(link, max_size=3))),
        after_reveal=draw(st.booleans()),
    )


@st.composite
def consensuses(draw: st.DrawFn) -> Consensus:
    """Any consensus of the panel."""
    codes = draw(st.lists(item_codes, max_size=5, unique=True))
    items = tuple(SettledItem(item=code, answer=draw(answers()), reason=draw(texts)) for code in codes)
    rests_on = tuple(sorted(draw(st.sets(digests, min_size=1, max_size=4))))
    return a_consensus(items=items, rests_on=rests_on, stage=draw(st.sampled_from(["consensus", "visit"])))


@st.composite
def any_document(draw: st.DrawFn) -> AnyDocument:
    """A document of any kind; the kinds that people write vary most."""
    kind = draw(st.sampled_from(KINDS))
    if kind == "scoresheet":
        document: AnyDocument = draw(scoresheets())
    elif kind == "consensus":
        document = draw(consensuses())
    elif kind == "declaration":
        document = a_declaration(state=draw(st.sampled_from(["tie_told", "recused"])), text=draw(words))
    elif kind == "endorsement":
        document = an_endorsement(agrees=False, reason=draw(words))
    else:
        document = BUILDERS[kind]()
    if draw(st.booleans()):
        parents = tuple(sorted(draw(st.sets(digests, min_size=1, max_size=3))))
        document = replace(document, seq=draw(st.integers(2, 99)), supersedes=parents, reason=draw(words))
    return document
