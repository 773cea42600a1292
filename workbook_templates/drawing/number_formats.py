"""The number formats of the workbook. A figure is dollars if a $ heads its column, shares if sh does."""

from __future__ import annotations

from typing import Final

# Number formats. Every section ends in the width of a ")", so that digits stand in one column; zero is an en dash;
# the text section puts "needs wages" on the same edge.
MONEY: Final = '#,##0_);(#,##0);"–"_);@_)'  # whole dollars; shares
USD: Final = '"$"#,##0_);("$"#,##0);"–"_);@_)'  # the first row of a block, totals and results
CENTS: Final = '#,##0.00_);(#,##0.00);"–"_);@_)'  # money when rounding is to cents; price per share
USD_CENTS: Final = '"$"#,##0.00_);("$"#,##0.00);"–"_);@_)'  # the same with cents; the first price of a column
LARGE: Final = '"$"#,##0;("$"#,##0);"$0";@'  # a figure that stands alone
LARGE_CENTS: Final = '"$"#,##0.00;("$"#,##0.00);"$0.00";@'
CHART: Final = '"$"#,##0;;'  # within a column of a chart, where cents would wrap: nothing where there is nothing
SHARES: Final = '#,##0" sh"_);(#,##0" sh");"–"_);@_)'  # the first row of a column of shares, and its total
RATE: Final = '0.0%_);(0.0%);"–"_);@_)'
DATE: Final = "mm/dd/yyyy_)"  # as Forms 3921, 1099-B and 8949 have it
YEAR: Final = "0_)"  # in a header
OVER_NUMBERS: Final = "General_);General_);General_);@_)"  # a heading over numbers
YES_NO: Final = '"yes"_);"yes"_);"no"_)'  # a previewer that shows TRUE as 1 shows yes; Excel shows TRUE
YOURS: Final = '"yours: "#,##0_);"yours"_);"yours"_)'  # head of the what-if column
TYPED_TEXT: Final = "@"  # a typed formula stays text
GENERAL: Final = "General"
