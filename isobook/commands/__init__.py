"""The commands: their arguments, and what each one does in order. No words of results and no rules."""
