"""Templates compiled once for all runs, kept beside them as Python keeps its own modules."""

from __future__ import annotations

import pickle
import sys
from contextlib import suppress
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from ntm_rules import __version__


class CompiledTemplates(FileSystemBytecodeCache):
    """The compiled templates of a folder, where Python would keep modules of it; kept nowhere, they are compiled anew."""

    def __init__(self, templates: Path) -> None:
        versions = f"{sys.implementation.cache_tag}.jinja2-{version('jinja2')}.ntm-{__version__}"
        super().__init__(str(Path(cache_from_source(str(templates / "x.py"))).parent), f"%s.{versions}.pyc")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled of this very source by these versions; what cannot be read is as if not there."""
        with suppress(OSError, EOFError, ValueError, pickle.UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, unless Python is told to keep nothing beside its modules."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
