"""Which box takes what: found by its place on the printed row, and proven before anything is filled."""
