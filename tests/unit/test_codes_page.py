# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Every code is documented, with the words that people see."""

import codes_page


def test_the_page_of_codes_is_fresh():
    told = codes_page.PAGE.read_text(encoding="utf-8")
    assert told == codes_page.page(), "run .venv/bin/python tests/helpers/codes_page.py"
