"""The executor for an option `--executor`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from dossierkit.parallel.fence import LIMIT

if TYPE_CHECKING:
    from dossierkit.parallel.executor import Executor

_SCHEMES = {"dask": "tcp", "tls": "tls"}


def choose_executor(address: str | None, jobs: int | None, limit: float = LIMIT) -> Executor | None:
    """An executor on the cluster at `dask://HOST:PORT` or `tls://HOST:PORT`; None without address. `limit`: seconds for one
    source. Raises click.UsageError.
    """
    if address is None:
        return None
    if jobs is not None:
        raise click.UsageError(
            "--jobs is for this machine: with --executor, the cluster has as many processes as it has workers"
        )
    scheme, where = _split(address)
    try:
        from dossierkit.parallel.dask_cluster import Cluster  # noqa: PLC0415 -- an extra, and heavy
    except ModuleNotFoundError as error:
        if error.name not in {"dask", "distributed"}:
            raise
        raise click.UsageError(
            f"--executor {address} needs Dask: run `pip install 'dossierkit[dask]'`, here and on every worker"
        ) from None
    return Cluster(f"{scheme}://{where}", limit)


def _split(address: str) -> tuple[str, str]:
    """The scheme and host with port, as Dask takes them."""
    try:
        parts = urlsplit(address)
        if parts.scheme in _SCHEMES and parts.hostname and parts.port and parts.path in {"", "/"}:
            return _SCHEMES[parts.scheme], parts.netloc
    except ValueError:  # a port that is no number
        pass
    raise click.UsageError(
        f"--executor {address}: expected dask://HOST:PORT, the address of a Dask scheduler, such as dask://10.0.0.5:8786, or "
        "tls://HOST:PORT"
    )
