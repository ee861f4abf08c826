"""What the API answers, as schemas: one file a noun; every field that is there stands in them."""
