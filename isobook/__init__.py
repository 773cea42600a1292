"""The command `isobook`: whatever comes in becomes engine records, and goes out as workbooks, forms and plans."""
