# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The practice round as files, by the name the stories call it."""

import pytest


@pytest.fixture(scope="session")
def practice(practice_round):
    """The signed files of the practice round with seed 7: read them, never write into them."""
    return practice_round
