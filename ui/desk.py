# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The open workspace as the routes hand it from screen to screen."""

from dataclasses import dataclass

from pmqa_desktop.services.session import Me, RoundInfo
from pmqa_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """An open workspace and what was read from it when it was opened.

    `closed`: the round is closed here; `scores_first`: a chair whose own sheets are not signed yet.
    """

    workspace: Workspace
    me: Me
    seen: RoundInfo
    closed: bool = False
    scores_first: bool = False
