"""What a blank form prints and where: its words, its boxes, its form and year, the rows that its boxes stand on."""
