"""The layouts of brokers and filers, one reader each."""
