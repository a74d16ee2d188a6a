# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0

"""How documents become files and files become documents: keys, envelopes, bundles, sealing, drives."""
