"""Filed forms as pages that read like the printed ones."""
