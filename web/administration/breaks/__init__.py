"""School breaks, as the municipality has them."""
