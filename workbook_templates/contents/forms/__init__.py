"""What the pages of filed forms say beyond their lines."""
