"""What the commands do, apart from arguments and exit codes."""
