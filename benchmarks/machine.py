"""The machine of a run, as its system describes it: without this the figures say nothing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path

PACKAGES = ("numpy", "pandas", "python-calamine", "XlsxWriter", "pydantic", "openfisca-core", "zen-engine")
GB = 1 << 30


def description() -> str:
    """Return processor, memory, system and versions, one Markdown item each."""
    memory = f"{total_memory() / GB:.0f} GB" if total_memory() else "unknown"
    lines = [
        f"Processor: {processor()}, {os.cpu_count()} logical cores; memory {memory}",
        f"System: {platform.system()} {platform.release()}, {platform.machine()}",
        f"{platform.python_implementation()} {platform.python_version()}; {', '.join(map(_version, PACKAGES))}",
    ]
    return "\n".join(f"- {line}" for line in lines)


def processor() -> str:
    """Return the processor's model name, as far as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            name, _, model = line.partition(":")
            if name.strip() == "model name":
                return model.strip()
    return platform.processor() or "unknown"


def total_memory() -> int:
    """Return the memory in bytes, 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


def peak_memory() -> int:
    """Return the most memory this process ever held, in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def _version(package: str) -> str:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{package} not installed"
