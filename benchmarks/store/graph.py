"""The citation graph at ten thousand, a hundred thousand and a million documents.

    python benchmarks/store/graph.py [SIZE …] [--database URL] [--plot growth.svg] [--json figures.json]
    python benchmarks/store/graph.py --json figures.json --plot growth.svg --only-plot

Measures, for each size: following the archive (documents per second), adding one record with its edges to the full
graph (median and worst of 100), two-hop lineage by the store's recursive query and lineage without a bound (300 nodes
drawn at random, and the ten most cited ones), PageRank on arrays with its loading, and beside it networkx's own
PageRank where it is feasible, the size of the database and the peak memory.  "CPU" is this process's own time, for
machines that do other work meanwhile; the load average stands beside each size.  The databases are made in the folder
for temporary files (a million documents take about 3 GiB) and deleted afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

from load import load_rows, prepare_rows
from sqlalchemy import func, select, text

from corpus import documents
from pipeline.graph import lookup, network, sync, walks
from pipeline.store import schema
from pipeline.store.archive import Archive

_AT_ONCE = 5000
_NETWORKX_UP_TO = 150_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--database")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--json", type=Path, help="figures by size; those of other sizes in the file are kept")
    parser.add_argument("--only-plot", action="store_true", help="draw what the JSON file has")
    options = parser.parse_args()
    figures = []
    if options.json and options.json.exists():
        figures = json.loads(options.json.read_text(encoding="utf-8"))
    for size in [] if options.only_plot else options.sizes:
        base = options.folder or Path(tempfile.mkdtemp(prefix="congvan-do-"))
        folder = base / str(size)
        try:
            archive = Archive(options.database, folder=folder) if options.database else Archive(folder)
            told = measure(archive, size)
            archive.close()
        finally:
            shutil.rmtree(base if options.folder is None else folder, ignore_errors=True)
        figures = sorted([*(f for f in figures if f["documents"] != size), told], key=lambda f: f["documents"])
        if options.json:
            options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    if options.plot:
        plot(figures, options.plot)


def measure(archive: Archive, size: int) -> dict[str, Any]:
    told: dict[str, Any] = {"documents": size}

    def say(name: str, value: Any, unit: str = "") -> None:
        told[name] = value
        print(f"  {name:44} {value:>12} {unit}", flush=True)

    print(f"{size} documents, load {os.getloadavg()[0]:.1f}", flush=True)
    told["load average at the start"] = round(os.getloadavg()[0], 1)
    stream = documents(int(size / 0.85) + size // 50 + 300, seed=size)
    rows_in = time.perf_counter()
    first = 1
    with archive.database.write() as connection:
        prepare_rows(connection)
    while first <= size:
        with archive.database.write() as connection:
            first = load_rows(connection, islice(stream, min(_AT_ONCE, size - first + 1)), first, first)
    print(f"  (rows made in {time.perf_counter() - rows_in:.0f} s)", flush=True)
    started, before = time.perf_counter(), time.process_time()
    sync.follow(archive.database, batch=2000)
    seconds = time.perf_counter() - started
    say("load: seconds", round(seconds, 1), "s")
    say("load: CPU", round(time.process_time() - before, 1), "s")
    say("load: documents a second", round(size / seconds))
    _analyze(archive)
    with archive.database.read() as connection:
        node, edge = schema.node, schema.edge
        say("nodes", connection.execute(select(func.count()).select_from(node)).scalar_one())
        say("edges", connection.execute(select(func.count()).select_from(edge)).scalar_one())
        doubts = select(func.count()).select_from(node).where(node.c.doubt.is_not(None))
        say("nodes in doubt", connection.execute(doubts).scalar_one())
    _inserts(archive, stream, first, say)
    _walks(archive, size, say)
    _ranks(archive, size, say)
    if archive.database.sqlite:
        say("database", round((archive.folder / "congvan.db").stat().st_size / 2**20), "MiB")
    say("peak memory", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "MiB")
    say("load average", round(os.getloadavg()[0], 1))
    return told


def _analyze(archive: Archive) -> None:
    with archive.database.write() as connection:
        connection.execute(text("ANALYZE"))


def _inserts(archive: Archive, stream: Any, first: int, say: Any) -> None:
    """One record at a time into the full graph, each in a transaction of its own."""
    times, worked = [], []
    for at, made in enumerate(islice(stream, 100)):
        started, before = time.perf_counter(), time.process_time()
        with archive.database.write() as connection:
            load_rows(connection, iter([made]), first + at, first + at)
        sync.follow(archive.database)
        times.append(1000 * (time.perf_counter() - started))
        worked.append(1000 * (time.process_time() - before))
    say("insert of a record with its edges: median", round(statistics.median(times), 1), "ms")
    say("insert of a record with its edges: CPU", round(statistics.median(worked), 1), "ms")
    say("insert of a record with its edges: worst", round(max(times), 1), "ms")


def _walks(archive: Archive, size: int, say: Any) -> None:
    some = random.Random(3)
    edge = schema.edge
    with archive.database.read() as connection:
        last = connection.execute(select(func.max(schema.node.c.id))).scalar_one()
        drawn = list(lookup.nodes_by_id(connection, [some.randint(1, last) for _ in range(300)]).values())
        many = func.count()
        hubs = connection.execute(
            select(edge.c.target).group_by(edge.c.target).order_by(many.desc()).limit(10)
        ).scalars()
        hubs = list(lookup.nodes_by_id(connection, hubs).values())
        for name, nodes, depth in (
            ("two-hop lineage", drawn, 2), ("lineage without a bound", drawn, walks.DEEPEST),
            ("two-hop lineage of the most cited", hubs, 2),
        ):  # fmt: skip
            times, worked, reached = [], [], []
            for node in nodes:
                started, before = time.perf_counter(), time.process_time()
                found = walks.lineage(connection, node, depth=depth, limit=500)
                times.append(1000 * (time.perf_counter() - started))
                worked.append(1000 * (time.process_time() - before))
                reached.append(len(found.nodes))
            say(f"{name}: median", round(statistics.median(times), 1), "ms")
            say(f"{name}: CPU", round(statistics.median(worked), 1), "ms")
            say(f"{name}: 95 of 100", round(sorted(times)[int(len(times) * 0.95)], 1), "ms")
            say(f"{name}: documents, median", round(statistics.median(reached)))


def _ranks(archive: Archive, size: int, say: Any) -> None:
    with archive.database.read() as connection:
        started, before = time.perf_counter(), time.process_time()
        arrays = network.load_arrays(connection)
        say("PageRank: loading", round(time.perf_counter() - started, 2), "s")
        say("PageRank: loading: CPU", round(time.process_time() - before, 2), "s")
    started, before = time.perf_counter(), time.process_time()
    ours = network.pagerank(arrays)
    say("PageRank: scipy", round(time.perf_counter() - started, 2), "s")
    say("PageRank: scipy: CPU", round(time.process_time() - before, 2), "s")
    if size <= _NETWORKX_UP_TO:
        import networkx as nx

        started = time.perf_counter()
        graph: nx.DiGraph = nx.DiGraph()
        graph.add_nodes_from(arrays.ids.tolist())
        graph.add_edges_from(zip(arrays.ids[arrays.source].tolist(), arrays.ids[arrays.target].tolist(), strict=True))
        theirs = nx.pagerank(graph, tol=1e-12, max_iter=300)
        say("PageRank: networkx", round(time.perf_counter() - started, 2), "s")
        worst = max(abs(theirs[i] - rank) for i, rank in zip(arrays.ids.tolist(), ours, strict=True))
        say("PageRank: greatest difference", f"{worst:.1e}")


def plot(figures: list[dict[str, Any]], target: Path) -> None:
    """Growth of the measures with the number of documents, both axes logarithmic."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 4))
    FigureCanvasAgg(figure)
    panels = (
        ("milliseconds (CPU)", ("insert of a record with its edges: CPU", "two-hop lineage: CPU",
                                "lineage without a bound: CPU", "two-hop lineage of the most cited: CPU")),
        ("seconds", ("load: CPU", "PageRank: loading: CPU", "PageRank: scipy: CPU")),
        ("MiB", ("database", "peak memory")),
    )  # fmt: skip
    for axes, (unit, names) in zip(figure.subplots(1, 3), panels, strict=True):
        for name in names:
            points = [(f["documents"], f[name]) for f in figures if f.get(name)]
            if points:
                axes.plot(*zip(*points, strict=True), marker="o", label=name)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("documents")
        axes.set_ylabel(unit)
        axes.grid(alpha=0.3)
        axes.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(target)


if __name__ == "__main__":
    main()
