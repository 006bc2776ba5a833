"""One phone that lies between two people: what is on the table, and the way out."""
