"""A letter to the client and the list of what is asked of the client, as Word documents."""
