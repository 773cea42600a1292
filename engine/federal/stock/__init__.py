"""Stock of an employer in law: what Forms 3921, 3922 and 1099-B report, column by column, and what follows from it."""
