"""The packages of an environment."""

import re
from dataclasses import dataclass
from pathlib import Path

from .failure import SetUpError


@dataclass(frozen=True)
class Pins:
    """requirements.txt, which people edit, and requirements.lock, which uv makes from it."""

    requirements: str
    lock: str

    @staticmethod
    def read(folder: Path) -> "Pins":
        """Read the two files, which lie in a folder or above it."""
        return Pins(*(Pins.find(folder, f"requirements.{kind}") for kind in ("txt", "lock")))

    @staticmethod
    def find(folder: Path, name: str) -> str:
        """Read a file that lies in a folder or above it."""
        files = (above / name for above in (folder, *folder.parents))
        return next(file for file in files if file.is_file()).read_text(encoding="utf-8")

    def version(self, name: str) -> str:
        """Return the version that a package is pinned to; an empty text if it is not."""
        pin = re.search(rf"(?m)^{name}==(\S+)", self.requirements)
        return pin[1] if pin else ""

    @staticmethod
    def entries(lock: str, name: str, *, others: bool = False) -> str:
        r"""Return the entry of a lock for a package, or those for all others.

        >>> Pins.entries("# made by uv\na==1 \\\n    --hash=h\nab==2 \\\n    --hash=i", "a")
        'a==1 \\\n    --hash=h\n'
        """
        entries = re.split(r"\n(?=[A-Za-z])", lock.strip())
        return "".join(f"{e}\n" for e in entries if e.startswith(f"{name}==") != others)

    def with_torch(self, version: str) -> str:
        """Return the requirements with another torch. One before 2.3 needs a numpy before 2.

        Raises:
            SetUpError: that is not a version.
        """
        parts = re.fullmatch(r"(\d+)\.(\d+)[0-9A-Za-z.+!_-]*", version)
        if not parts:
            raise SetUpError(
                f"torch.version must be a version such as 2.15.0, was '{version}'",
                "give a release number, as in -Dtorch.version=2.15.0",
            )
        changed = re.sub(r"(?m)^torch==\S+", f"torch=={version}", self.requirements)
        if (int(parts[1]), int(parts[2])) < (2, 3):
            changed = re.sub(r"(?m)^numpy==\S+", "numpy<2", changed)
        return changed
