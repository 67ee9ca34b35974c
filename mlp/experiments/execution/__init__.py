"""Who does the work: processes of this machine, threads, or a Dask cluster, all with the interface of an `Executor`."""
