"""What two trained models answer, in charts, pictures and words."""
