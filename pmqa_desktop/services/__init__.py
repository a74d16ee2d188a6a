# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0

"""One class per thing a person does: each method is one use-case, one transaction, one event."""
