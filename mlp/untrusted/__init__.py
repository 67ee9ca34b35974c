"""What came from outside, a link or a file, read strictly: nothing in it is trusted."""
