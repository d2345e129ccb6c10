"""One file a command: each has `run(...)`, which reads, calls the cores, writes, and tells what it did."""
