"""Files written whole or not at all, as CSV, or under a password."""
