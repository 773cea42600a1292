"""Open items of exercises, sales and wages: what contradicts itself, is doubtful, unproven or was assumed in them."""
