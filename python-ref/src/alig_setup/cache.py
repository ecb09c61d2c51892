"""The folder that environments are built in, by one process at a time."""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .failure import say

UNFINISHED = ".new-"


def digest(*texts: str) -> str:
    """Return a short name for some texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a cache folder; say so if another process has it.

    The operating system frees the lock when its holder dies, however it dies.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        if not _try_lock(file.fileno(), wait=False):
            file.seek(0)
            say(f"waiting for process {file.read()}, which sets up Python in {folder}")
            _try_lock(file.fileno(), wait=True)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _try_lock(file: int, *, wait: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt

        # Far behind the text, which can so be read while the lock is held.
        os.lseek(file, 1 << 30, os.SEEK_SET)
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def once(home: Path, is_there: Callable[[Path], bool], build: Callable[[Path], None]) -> Path:
    """Return a folder that is built once; the caller holds the lock.

    It is built under another name and renamed when it is finished. So a builder that dies leaves
    nothing that could be taken for finished; the next one removes it.
    """
    if is_there(home):
        return home
    for left in home.parent.glob(f"*{UNFINISHED}*"):
        say(f"removing an unfinished set-up: {left}")
        shutil.rmtree(left, ignore_errors=True)
    for log in home.parent.glob("set-up-*.log"):
        log.unlink()
    shutil.rmtree(home, ignore_errors=True)
    draft = home.with_name(f"{home.name}{UNFINISHED}{os.getpid()}")
    try:
        build(draft)
        draft.rename(home)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return home


def remove_unlinked(uv_cache: Path) -> None:
    """Remove what uv has unpacked and no environment links to any longer."""
    for package in uv_cache.glob("archive-v*/*"):
        files = (path for path in package.rglob("*") if path.is_file())
        if all(path.stat().st_nlink == 1 for path in files):
            shutil.rmtree(package, ignore_errors=True)
