"""Making many reports, and the page that leads to them."""
