"""Files for tax software: the sales of a year in the layouts of Drake Tax and TaxAct, and a sheet to key in by hand."""
