# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which panels are mine and what has come from them, and the chair's signed reveal."""

from pmqa_desktop.domain.documents import Agency, Panel, Reveal, RevealBody
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.panel.endorsing import shown_consensus
from pmqa_desktop.services.panel.table import Table
from pmqa_desktop.services.panel.values import PanelAgency, PanelSeat
from pmqa_desktop.services.session import Session, Signed, chair_of


class Revealing:
    """See who has sent what, and open the sheets for comparison."""

    def __init__(self, session: Session, table: Table) -> None:
        """Work in an open workspace."""
        self._session = session
        self._table = table

    def agencies(self) -> tuple[PanelAgency, ...]:
        """Return the agencies whose panel I sit on or chair."""
        seen = self._session.round()
        mine = set(self._session.me().seats) | self._session.me().chairs
        return tuple(self._agency(seen.agencies[p.agency], p) for p in seen.roster.panels if p.agency in mine)

    def _agency(self, agency: Agency, panel: Panel) -> PanelAgency:
        cell = self._session.view().cells.get(("consensus", agency.agency))
        return PanelAgency(
            agency=agency,
            seats=tuple(PanelSeat(seat, *self._table.seat_state(agency.agency, seat)) for seat in panel.seats),
            chair=chair_of(panel) == self._session.person,
            own_signed=self._session.current(("scoresheet", agency.agency, self._session.person)) is not None,
            revealed=self._table.reveal(agency.agency) is not None,
            consensus_seq=cell.seq if cell is not None else 0,
            consensus_digest=shown_consensus(self._session, agency.agency),
            stale=cell is not None and cell.state == "stale",
            blocked=self._table.blocked(agency.agency, panel),
        )

    def reveal(self, agency: str, passphrase: str) -> Signed:
        """Sign the list of all sheets present, then open them for comparison."""
        panel = self._table.panel(agency)
        blocked = self._table.blocked(agency, panel)
        if blocked is not None:
            raise Expected(blocked, agency=agency)
        return self._sign_reveal(agency, passphrase, "")

    def _sign_reveal(self, agency: str, passphrase: str, reason: str) -> Signed:
        identity = self._session.unlock(passphrase)
        own = self._session.current(("scoresheet", agency, self._session.person))
        sheets = tuple(sorted(digest for digest, _ in self._table.sheets(agency).values()))
        seq, supersedes = self._session.lineage(("reveal", agency))
        more = {"supersedes": supersedes, "reason": reason} if seq > 1 else {}
        header = self._session.header(identity, agency=agency, seq=seq, **more)
        return self._session.sign(
            Reveal(**header, body=RevealBody(sheets=sheets, own=own or "")), identity, "sign-reveal"
        )
