"""What happened: the canonical tables, column by column, and the problems found on the way in."""
