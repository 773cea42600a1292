"""The colors of the workbook, ARGB. Text on fill keeps a contrast of at least 4.5; QUIET is the floor."""

from __future__ import annotations

from typing import Final

INK: Final = "FF1B2733"  # text, computed figures
NAVY: Final = "FF1F3A5F"  # title, header band, line numbers, links, rules of totals, bars of AMT
BAND: Final = "FFDDE6F0"  # part bands, group heads
RESULT: Final = "FFEAF1F8"  # figures that go to the return
QUIET: Final = "FF5F6973"  # zero lines, citations, notes; chips of what presses nobody
HAIR: Final = "FFD5DBE2"  # rule under each row
RULE: Final = "FF7C8B9C"  # axis of a chart
BLUE: Final = "FF0033CC"  # typed input
INPUT: Final = "FFFFF7D1"  # fill of an input cell
FILLED: Final = "FFFFFDF4"  # fill of an input cell that is typed, or need not be
INPUT_EDGE: Final = "FFE3CF86"  # its edge: shows the box in gray print
GREEN: Final = "FF00665A"  # figure taken from another sheet
AMBER: Final = "FF8A4B00"  # provisional, open, needs ..., tick marks
AMBER_PALE: Final = "FFFFF0D9"
OK: Final = "FF1D6B45"  # agrees, ready
OK_PALE: Final = "FFE6F3EB"
BAD: Final = "FFA61B1B"  # DIFFERS: the only dark fill besides the header
ORANGE_EDGE: Final = "FFB87A00"
SKY: Final = "FFBFD4EA"  # bars: credit left; edge NAVY
LANE: Final = "FFC9D8E8"  # path of the arrows in the ledger
SHADE: Final = "FFE9EBEE"  # chips of what is over
WHITE: Final = "FFFFFFFF"

TAB_NAVY: Final = NAVY  # what a client reads
TAB_INPUT: Final = "FFE8C547"  # entries and records
TAB_FORM: Final = "FF6F9BC8"  # the sheets of a year
TAB_SUPPORT: Final = "FF8A94A0"  # what supports them
