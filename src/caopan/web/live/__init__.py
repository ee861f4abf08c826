"""Live pages (实时): a hub that renders once and shares, one socket a page, a stream beside it."""
