"""What this interpreter is, has and lacks."""

import importlib.metadata
import importlib.util
import os
import shlex
import shutil
import site
import sys
import sysconfig
from pathlib import Path

from .failure import SetUpError

PACKAGES = ("torch", "numpy", "jep")
JEP_LIBRARIES = ("libjep.so", "libjep.jnilib", "jep.dll")


def identity() -> str:
    """Return what tells this interpreter from others."""
    return f"{os.path.realpath(sys.executable)} {sys.version} {sysconfig.get_platform()}"


def libpython() -> str:
    """Return the library that a JVM loads to run this Python in its own process.

    Raises:
        SetUpError: there is none.
    """
    config = {name: str(value) for name, value in sysconfig.get_config_vars().items() if value}
    library = config.get("LIBDIR", "")
    folders = [
        library,
        os.path.join(library, config.get("MULTIARCH", "")),
        config.get("PYTHONFRAMEWORKPREFIX", ""),
        os.path.join(sys.base_prefix, "lib"),
        sys.base_prefix,
    ]
    dll = "python{}{}.dll".format(*sys.version_info[:2])
    names = [config.get("INSTSONAME", ""), config.get("LDLIBRARY", ""), dll]
    for folder in folders:
        for name in names:
            file = Path(folder, name)
            if name and file.suffix != ".a" and file.is_file():
                return str(file)
    raise SetUpError(
        f"{sys.executable} has no libpython that a JVM could load",
        "Debian, Ubuntu: apt install python3-dev; pyenv: PYTHON_CONFIGURE_OPTS=--enable-shared"
        " pyenv install 3.11; or point -Dpython at another interpreter",
    )


def require_build_tools(jdk: Path) -> None:
    """Check for all that Jep is compiled with, before anything is fetched.

    Raises:
        SetUpError: something is missing.
    """
    libpython()
    windows = os.name == "nt"
    compiler = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    if not windows and not shutil.which(shlex.split(compiler)[0]):
        raise SetUpError(
            f"no C compiler: '{compiler}' is not on the path",
            "Debian, Ubuntu: apt install gcc; macOS: xcode-select --install; or name one in the"
            " variable CC",
        )
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        raise SetUpError(
            f"Python.h of {sys.executable} is missing",
            "Debian, Ubuntu: apt install python3-dev; or point -Dpython at an interpreter that has"
            " its headers",
        )
    for file in ("include/jni.h", "bin/javac.exe" if windows else "bin/javac"):
        if not (jdk / file).is_file():
            raise SetUpError(
                f"not a JDK: {jdk} lacks {file}",
                "point JAVA_HOME at a JDK (a JRE is not enough; Debian, Ubuntu: apt install"
                " openjdk-17-jdk-headless)",
            )


def describe() -> dict[str, str]:
    """Return the facts about a finished environment, whose Python runs this.

    Raises:
        SetUpError: it is not an environment, or lacks something.
    """
    if sys.prefix == sys.base_prefix:
        raise SetUpError(
            f"{sys.executable} is not in a virtual environment",
            "give a folder made by 'python3 -m venv', or leave -Dpython.env out to have one made",
        )
    versions = {name: _version(name) for name in PACKAGES}
    missing = " ".join(name for name, version in versions.items() if not version)
    pip = f"{sys.executable} -m pip install"
    if missing:
        raise SetUpError(f"the environment {sys.prefix} lacks {missing}", f"{pip} {missing}")
    jep = importlib.util.find_spec("jep")
    folder = Path(jep.origin or "").parent if jep else Path()
    library = next((folder / name for name in JEP_LIBRARIES if (folder / name).is_file()), None)
    if library is None:
        raise SetUpError(
            f"the jep in {sys.prefix} has no native library", f"{pip} --force-reinstall jep"
        )
    return {
        "home": sys.prefix,
        **versions,
        "jep.library": str(library),
        "libpython": libpython(),
        "sites": os.pathsep.join(site.getsitepackages()),
    }


def _version(package: str) -> str:
    found = list(importlib.metadata.distributions(name=package))
    return found[0].version if found else ""
