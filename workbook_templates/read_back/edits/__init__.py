"""What a person typed in a workbook where no record stands, found by comparing it with the workbook as made."""
