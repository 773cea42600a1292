"""What the commands say: results in words and tables for a reader, and as JSON for a program. Nothing is computed."""
