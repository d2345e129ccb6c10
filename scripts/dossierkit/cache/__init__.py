"""What saves work between runs: nothing in it is needed, and nothing in it is believed that another user wrote."""
