"""Finds and imports the ``alig`` package that plays the oracle."""

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from .devices import CPU
from .errors import OracleError

BUNDLED = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Package:
    """An imported ``alig`` package: where it lies and the two names that a case needs.

    ``folder`` is the folder that holds the package; the file itself for an optimizer that
    comes in one file. ``device`` is where its tensors are to lie.
    """

    folder: Path
    th: Any
    optimizer: Any
    l2_projection: Any
    device: str = CPU

    @property
    def kind(self) -> str:
        """``bundled`` for the package beside this one, ``package`` for any other.

        For an optimizer in one file it is the file's name without its ending.
        """
        if self.folder.is_file():
            return self.folder.stem
        return "bundled" if self.folder == BUNDLED else "package"

    @property
    def original(self) -> bool:
        """Whether this is the authors' package or descends from it, by the names of its parts."""
        return hasattr(self.optimizer, "apply_momentum_adjusted")

    @property
    def descends(self) -> bool:
        """Whether the optimizer is the bundled one or derives from it, by its methods' files."""
        classes = getattr(self.optimizer, "__mro__", ())
        methods = [method for c in classes for method in vars(c).values()]
        files = [method.__code__.co_filename for method in methods if hasattr(method, "__code__")]
        return any(Path(file).is_relative_to(BUNDLED / "alig") for file in files)

    def digest(self) -> str:
        """Return the sha256 over the sorted relative paths and bytes of ``alig/**/*.py``.

        Each path and each content is followed by a zero byte. One file counts by its name.
        """
        total = hashlib.sha256()
        root = self.folder.parent if self.folder.is_file() else self.folder
        paths = {p.relative_to(root).as_posix(): p for p in self._sources()}
        for name in sorted(paths):
            total.update(name.encode() + b"\0" + paths[name].read_bytes() + b"\0")
        return total.hexdigest()

    def _sources(self) -> list[Path]:
        if self.folder.is_file():
            return [self.folder]
        return list((self.folder / "alig").rglob("*.py"))


def load(package_dir: str | None) -> Package:
    """Import ``alig.th`` from ``package_dir``, or the bundled one for None.

    An ``alig`` imported before is forgotten, so that the folder decides.

    An optimizer that is not ALI-G may come in one Python file, whose name ends in ``.py``.
    It defines a class ``Optimizer`` with what a case needs of ``alig.th.AliG``:

    - ``Optimizer(groups, projection_fn=..., eps=..., adjusted_momentum=...)``, where a group
      is a dict of ``params``, ``max_lr`` and ``momentum``;
    - ``step(closure)``; ``param_groups`` with ``step_size`` in each group after it;
      ``step_size``, their mean, and ``step_size_unclipped``;
    - ``state[p]``, where a parameter's one tensor is its momentum buffer.

    Raises:
        OracleError: there is no ``alig`` package in the folder, or importing it fails.
    """
    if package_dir is not None and package_dir.endswith(".py"):
        return _load_file(Path(package_dir).expanduser().resolve())
    folder = BUNDLED if package_dir is None else Path(package_dir).expanduser().resolve()
    _require_package(folder)
    _forget_alig()
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        th = importlib.import_module("alig.th")
        return Package(folder, th, _get(th, "AliG"), _get(_projection(th), "l2_projection"))
    except (Exception, SystemExit) as cause:
        _forget_alig()
        raise OracleError(
            f"importing alig.th from {folder} failed: {type(cause).__name__}: {cause}"
        ) from cause
    finally:
        sys.path.remove(str(folder))


def _projection(th: ModuleType) -> ModuleType:
    """The module that has the projection: ``alig.th.projection``, or ``alig.th`` itself."""
    name = "alig.th.projection"
    found = importlib.util.find_spec(name)
    return th if found is None else importlib.import_module(name)


def _load_file(file: Path) -> Package:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None or not file.is_file():
        raise OracleError(f"there is no Python file {file}")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as cause:
        raise OracleError(f"importing {file} failed: {type(cause).__name__}: {cause}") from cause
    return Package(file, module, _get(module, "Optimizer"), None)


def load_beside(package_dir: str | None) -> Package:
    """Import another package, and leave ``import alig`` as it was."""
    with _undisturbed():
        return load(package_dir)


@contextmanager
def bundled() -> Iterator[None]:
    """Let ``import alig`` mean the bundled package within, whatever package is loaded."""
    with _undisturbed():
        sys.path.insert(0, str(BUNDLED))
        try:
            yield
        finally:
            sys.path.remove(str(BUNDLED))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Forget the ``alig`` that is imported, and bring it back afterwards."""
    loaded = {name: module for name, module in sys.modules.items() if _is_alig(name)}
    _forget_alig()
    try:
        yield
    finally:
        _forget_alig()
        sys.modules.update(loaded)


def _require_package(folder: Path) -> None:
    if (folder / "alig" / "th").is_dir():
        return
    if folder.name == "alig" and (folder / "th").is_dir():
        hint = f"pass {folder.parent}, the folder that holds alig, instead"
    else:
        hint = "pass the folder that holds alig/th, such as a clone of the authors' repository"
    raise OracleError(f"there is no alig package in {folder}: {hint}")


def _forget_alig() -> None:
    for name in [m for m in sys.modules if _is_alig(m)]:
        del sys.modules[name]


def _is_alig(module: str) -> bool:
    return module == "alig" or module.startswith("alig.")


def _get(module: ModuleType, name: str) -> Any:
    if not hasattr(module, name):
        raise OracleError(f"{module.__name__} has no {name}")
    return getattr(module, name)
