"""What two trained models answer, and what is inside them."""
