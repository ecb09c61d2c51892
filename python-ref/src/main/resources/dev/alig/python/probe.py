"""Tells what this interpreter is and has, one ``name=value`` a line.

Runs in any interpreter a user may point at, Python 2 included, so that "too old" can be said
politely: no annotations, no f-strings, nothing newer before the version is known.
"""

import os
import sys

sys.path[:] = [entry for entry in sys.path if entry]


def tell(name, value):
    """Print one fact; an absent one is empty."""
    sys.stdout.write("{}={}\n".format(name, "" if value is None else value))


def first_file(candidates):
    """Return the first of the paths that is a file, or None."""
    return next((path for path in candidates if os.path.isfile(path)), None)


def tell_everything():
    """Print the facts that need a modern interpreter."""
    import importlib.metadata
    import importlib.util
    import shlex
    import shutil
    import site
    import sysconfig

    config = sysconfig.get_config_vars()
    text = {name: str(value) for name, value in config.items() if value}
    folders = [
        text.get("LIBDIR", ""),
        os.path.join(text.get("LIBDIR", ""), text.get("MULTIARCH", "")),
        text.get("PYTHONFRAMEWORKPREFIX", ""),
        os.path.join(sys.base_prefix, "lib"),
        sys.base_prefix,
    ]
    names = [
        text.get("INSTSONAME", ""),
        text.get("LDLIBRARY", ""),
        "python{}{}.dll".format(*sys.version_info[:2]),
    ]
    shared = [name for name in names if name and not name.endswith(".a")]
    compiler = os.environ.get("CC") or text.get("CC", "cc")
    jep = importlib.util.find_spec("jep")
    jep_folder = os.path.dirname(jep.origin) if jep and jep.origin else ""

    tell("executable", sys.executable)
    tell("real", os.path.realpath(sys.executable))
    tell("base", sys.base_prefix)
    tell("venv", sys.prefix != sys.base_prefix)
    tell("platform", sysconfig.get_platform())
    tell("ensurepip", bool(importlib.util.find_spec("ensurepip")))
    tell("libpython", first_file(os.path.join(a, b) for a in folders for b in shared))
    tell("header", first_file([os.path.join(sysconfig.get_path("include"), "Python.h")]))
    tell("cc", compiler)
    tell("compiler", shutil.which(shlex.split(compiler)[0]) if compiler.strip() else None)
    tell("sites", os.pathsep.join(site.getsitepackages()))
    tell("jep", first_file(os.path.join(jep_folder, n) for n in ("libjep.so", "libjep.jnilib", "jep.dll")))
    for name in ("torch", "numpy", "jep"):
        found = importlib.util.find_spec(name) and list(importlib.metadata.distributions(name=name))
        tell("package." + name, found[0].version if found else None)


tell("version", ".".join(str(part) for part in sys.version_info[:3]))
if sys.version_info >= (3, 11):
    tell_everything()
