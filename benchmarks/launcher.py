"""Starts one command and tells how long it took and the most memory its largest process held, as JSON.

Run as a script of its own, in a small interpreter: on Linux a process counts the memory of the one
that started it as its own until it is replaced. Usage: python launcher.py COMMAND [ARGUMENT ...]
"""

import json
import os
import subprocess
import sys
import time


def main() -> None:
    """Run the command given as arguments."""
    start = time.perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    largest = 0
    if hasattr(os, "wait4"):
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    else:
        process.wait()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "largest": largest, "status": process.returncode}))


if __name__ == "__main__":
    main()
