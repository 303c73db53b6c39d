"""How fast is the first page of results, by kind of question?

    python benchmarks/store/search.py [DOCUMENTS] [--database URL]

Goal: below 100 ms with 100,000 documents, snippets and count included.  "CPU ms" is this process's own time (all of it
with SQLite), for machines that do other work meanwhile; the load average stands above.  Beside each figure stands the
CPU time of a plain ``LIKE`` over the same folded text, which is what people's spreadsheets and simple databases do.
The database (1.1 GiB for 100,000 documents) is deleted afterwards unless ``--folder`` names one to keep.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path

from load import CLERK, load_texts, prepare_rows
from sqlalchemy import func, select, text

from corpus import documents
from pipeline.store import schema
from pipeline.store.archive import Archive
from pipeline.store.fold import searchable
from pipeline.store.query import Query

QUESTIONS = {
    "a common word": Query("thông tin"),
    "a word of every document": Query("thực hiện"),
    "a rare word": Query("từ17000"),
    "without marks": Query("quyet dinh thanh lap"),
    "a phrase": Query('"an toàn thông tin"'),
    "a beginning": Query("tuyên tru*"),
    "a beginning of two letters": Query("tu*"),
    "a number": Query("12/KH-UBND"),
    "words and a type": Query("thông tin", doc_type="chỉ thị"),
    "words, issuer and year": Query("an toàn", issuer="sở tài chính", year=2019),
    "common words in a province": Query("thông tin", province="Gia Lai"),
    "cites a document": Query(cites="12/KH-UBND"),
    "days, newest first": Query(date_from="2020-01-01", date_to="2020-03-31", sort="date"),
    "nothing: the newest": Query(sort="date"),
    "the tenth page of a common word": Query("thông tin", offset=200),
    "excluding": Query("thông tin -mạng"),
    "a common word by day": Query("thông tin", sort="date"),
    "common words of a common type by day": Query("thực hiện", doc_type="công văn", sort="date"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="?", type=int, default=100_000)
    parser.add_argument("--database")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="congvan-do-"))
    archive = Archive(options.database, folder=folder) if options.database else Archive(folder)
    if archive.count(CLERK) == 0:
        load(archive, options.documents)
    print(f"{archive.count(CLERK)} documents, load {os.getloadavg()[0]:.1f}\n")
    print(f"{'question':38} {'hits':>8} {'median ms':>10} {'worst ms':>9} {'CPU ms':>9} {'LIKE ms':>9}")
    for name, query in QUESTIONS.items():
        times, worked = [], []
        for _ in range(9):
            started, before = time.perf_counter(), time.process_time()
            found = archive.search(CLERK, query)
            times.append(1000 * (time.perf_counter() - started))
            worked.append(1000 * (time.process_time() - before))
        hits = f"{'>' if found.more else ''}{found.total}"
        middle, cpu = statistics.median(times), statistics.median(worked)
        print(f"{name:38} {hits:>8} {middle:10.1f} {max(times):9.1f} {cpu:9.1f} {_like(archive, query):>9}", flush=True)
    archive.close()
    if options.folder is None:
        shutil.rmtree(folder)


def load(archive: Archive, many: int) -> None:
    """Fill the archive and let the database look at its statistics."""
    stream = documents(int(many / 0.85) + many // 50 + 100, bodies=True)
    first = 1
    with archive.database.write() as connection:
        prepare_rows(connection)
    while first <= many:
        with archive.database.write() as connection:
            first = load_texts(connection, islice(stream, min(1000, many - first + 1)), first)
    with archive.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _like(archive: Archive, query: Query) -> str:
    """The same words by LIKE, counted."""
    words = searchable(query.text.replace("-mạng", "")).split()
    if not words:
        return ""
    body = schema.search_text.c.body
    with archive.database.read() as connection:
        started = time.process_time()
        connection.execute(
            select(func.count()).select_from(schema.search_text).where(*(body.contains(word) for word in words))
        ).scalar_one()
        return f"{1000 * (time.process_time() - started):.0f}"


if __name__ == "__main__":
    main()
