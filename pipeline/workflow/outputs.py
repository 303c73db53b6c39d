"""Where the records of a file are written: one JSON file per input, whole or not at all.

``OUT/<stem>.json`` while that name belongs to one input; inputs that share a stem (two ``scan.pdf`` of two folders,
or ``a.pdf`` beside ``a.docx``) get ``<stem>-<8 hex digits of the path>.json``.  The hidden index of the folder
remembers which input each name belongs to, so that a later run over another ``scan.pdf`` never writes over the first,
and a later run over the same file writes to the same name.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.errors import OutputUnwritable

INDEX = ".congvan-index"


class OutputFolder:
    """A folder of record files.  Raises OutputUnwritable when it cannot be made or written."""

    def __init__(self, folder: Path, inputs: Iterable[Path]) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputUnwritable(folder, reason=error.strerror or type(error).__name__) from error
        self._owners = self._load()
        self._names = self._assign([path.resolve() for path in inputs])

    def path_of(self, source: Path) -> Path:
        """The file for the records of ``source``, one of the inputs."""
        return self.folder / self._names[source.resolve()]

    def write(self, source: Path, data: Any) -> Path:
        """Write the records of an input (plain data) and return where; raises OutputUnwritable."""
        target = self.path_of(source)
        write_whole(target, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        if self._owners.get(target.name) != str(source.resolve()):
            self._owners[target.name] = str(source.resolve())
            write_whole(self.folder / INDEX, json.dumps(self._owners, ensure_ascii=False, indent=1) + "\n")
        return target

    def _load(self) -> dict[str, str]:
        try:
            owners = json.loads((self.folder / INDEX).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(owner) for name, owner in owners.items()} if isinstance(owners, dict) else {}

    def _assign(self, sources: list[Path]) -> dict[Path, str]:
        kept = {Path(owner): name for name, owner in self._owners.items()}
        # Some file systems do not tell upper case from lower.
        shared = Counter(path.stem.lower() for path in sources)
        taken = {name.lower() for name in self._owners}
        names: dict[Path, str] = {}
        for path in sources:
            plain = f"{path.stem}.json"
            if path in kept:
                names[path] = kept[path]
            elif shared[path.stem.lower()] == 1 and plain.lower() not in taken and self._may_write(plain, path):
                names[path] = plain
            else:
                names[path] = f"{path.stem}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}.json"
        return names

    def _may_write(self, name: str, source: Path) -> bool:
        """False when a file of that name is there and does not hold records of a file named like ``source``."""
        try:
            records = json.loads((self.folder / name).read_text(encoding="utf-8"))
            return all(record["source"]["file"] == source.name for record in records)
        except FileNotFoundError:
            return True
        except (OSError, ValueError, TypeError, KeyError):
            return False


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) so that a reader, or a person who stops the program, never sees half of it.

    Raises OutputUnwritable.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files private; the records should be as readable as other files of the user.
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise OutputUnwritable(path, reason=error.strerror or type(error).__name__) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
