"""What a batch leaves for people: index.xlsx, index.csv, problems.csv, timings.csv."""
