# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One practice round for all end-to-end tests of a worker: read it, never write into it."""

import pytest

from pmqa_desktop.services.practice import build_practice


@pytest.fixture(scope="session")
def practice(tmp_path_factory):
    """The signed files of the practice round with seed 7."""
    return build_practice(tmp_path_factory.mktemp("practice") / "round", 7).dir
