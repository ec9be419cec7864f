"""Starts one command and tells, as JSON, its time, its processor time and the most memory its largest process held.

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
    largest, processor = 0, 0.0
    if hasattr(os, "wait4"):
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        processor = usage.ru_utime + usage.ru_stime
    else:
        process.wait()
    seconds = time.perf_counter() - start
    found = {"seconds": seconds, "processor": processor, "largest": largest, "status": process.returncode}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
