# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Expect one told refusal."""

from collections.abc import Mapping

import pytest

from pmqa_desktop.errors import Expected


def refused(code, act, *arguments, **named) -> Mapping[str, object]:
    """Call and expect `Expected` with this code; return its fields."""
    with pytest.raises(Expected) as caught:
        act(*arguments, **named)
    assert caught.value.code == code
    return caught.value.fields
