"""Results kept between runs. Nothing here is required, and files written by other users are not trusted."""
