"""Sets up the Python environment that the oracle runs in, with the packages of a lock file.

``python -m alig_setup prepare --jdk DIR`` builds an environment once for each interpreter, lock and
JDK; ``python -m alig_setup describe`` looks at the one whose Python runs it. Both end with facts
about it, one ``name=value`` per line. A failure is a line ``what=`` and a line ``remedy=``.

It runs in any Python of the user. So this package needs nothing but the standard library, and old
Pythons must be able to read this file.
"""

import sys


def main():  # noqa: ANN201
    """Run the command; return the exit status."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    print("python=" + version)
    if sys.version_info < (3, 11):  # noqa: UP036 it runs in old ones
        print("too.old=yes")
        print("what=Python 3.11 or newer is needed; %s is %s" % (sys.executable, version))  # noqa: UP031
        print("remedy=point -Dpython at a newer one, as in -Dpython=/usr/bin/python3.12")
        return 1
    from . import commands

    return commands.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
