"""Arrays in, arrays out; knows no commerce."""
