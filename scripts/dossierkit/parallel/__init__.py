"""The same work on many things: in processes of this machine, or on a Dask cluster."""
