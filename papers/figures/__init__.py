"""What goes into the boxes: the figures of a client in the form's own manner, and what stays open."""
