"""Runs a module, as ``python -m`` does, for as long as the process that asked for it lives.

Who is killed outright cannot end what it started. So this process looks whether its parent is still
there, and ends itself and all that it started once that is gone.

Arguments: the parent's process id, the module, the module's arguments.
"""

import os
import runpy
import signal
import sys
import threading
import time

INTERVAL_S = 0.5


def end_with(parent: int) -> None:
    """Ends this process group with a process."""
    while os.getppid() == parent:
        time.sleep(INTERVAL_S)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    if os.name == "posix":
        # A group of its own, which what it starts belongs to as well.
        os.setpgid(0, 0)
        threading.Thread(target=end_with, args=(int(sys.argv[1]),), daemon=True).start()
    del sys.argv[:2]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
