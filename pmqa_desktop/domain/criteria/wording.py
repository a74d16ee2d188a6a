# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What an edition, a setting or an answers file should have held: message ids for the field `expected`.

`pmqa_desktop.messages` translates them when it words `edition-invalid`, `setting-invalid` and `answers-invalid`;
values such as ranges and codes stand beside them, untranslated, in the field `limit`.
"""

from pmqa_desktop.text import N_

A_CODE = N_("a short code of letters, digits, '.', '-' and '_'")
A_DATE_OR_PLAIN = N_("text, a whole number, true or false, a date, a list or a table")
A_DEFAULT_HOLDER = N_("the name of a parameter that holds the same default")
A_KEY = N_("this key, which is missing")
A_KNOWN_KEY = N_("only keys that the format knows")
A_KNOWN_VALUE = N_("one of the values that the format knows")
A_LISTED_CODE = N_("a code that this file lists")
A_NUMBER = N_('a whole number, or a decimal as text such as "94.5"')
A_NUMBER_BETWEEN = N_('a whole number, or a decimal as text such as "94.5", in the range')
A_RISING_ROW = N_("scores that rise, in the range")
A_SMALLER_FILE = N_("a smaller file, in bytes at most")
A_SMALLER_NUMBER = N_("a smaller number")
A_VALUE_OF = N_("a value of this kind:")
A_WHOLE_NUMBER_BETWEEN = N_("a whole number in the range")
AN_OBJECT = N_("an object in { }")
AT_LEAST_ONE = N_("at least one entry")
BAND_ITEMS = N_("only items judged by bands where points are summed")
BOTH_BOUNDS = N_("both bounds, lower and upper")
CLEAN_TEXT = N_("text without control or invisible characters")
EXACTLY = N_("exactly this:")
FEWER_LEVELS = N_("fewer brackets or tables inside each other")
JSON = N_("text in the form JSON")
LESS_THAN_UPPER = N_("less than the upper bound")
MORE_THAN_ZERO = N_("more than 0")
NOTHING_HERE = N_("nothing, because the item is of another kind")
ONCE = N_("each code only once")
ONE_OF = N_("one of these:")
RISING = N_("values that rise without gaps")
SAME_ROLL_UP = N_("means of means, or sums of sums")
STEPS = N_("steps with 'up_to', and one last step with 'above'")
TOML = N_("text in the form TOML")
TRUE_OR_FALSE = N_("true or false")
UTF8 = N_("text in UTF-8")
WEIGHTS = N_("whole numbers, not all 0, in this count:")

NOTHING = N_("(nothing)")
THIS_KEY = N_("(this key)")
TWICE = N_("(the same twice)")
OTHER_KIND = N_("(another kind of value)")
