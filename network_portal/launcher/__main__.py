"""`python -m network_portal.launcher COMMAND`; people type `./portal COMMAND`."""

import sys
from collections.abc import Callable, Sequence


def _run(rest: Sequence[str]) -> int:
    from network_portal.launcher.embedded import run

    return run()


def _prepare(rest: Sequence[str]) -> int:
    from network_portal.launcher.prepare import prepare

    return prepare()


def _test(rest: Sequence[str]) -> int:
    from network_portal.launcher.tools import test

    return test(rest)


def _check(rest: Sequence[str]) -> int:
    from network_portal.launcher.gates import check

    return check()


def _bench(rest: Sequence[str]) -> int:
    from network_portal.launcher.tools import bench

    return bench(rest)


def _screenshots(rest: Sequence[str]) -> int:
    from network_portal.launcher.tools import test

    return test(["-n0", "tests/browser/screenshots.py", *rest])


def _probe(rest: Sequence[str]) -> int:
    from network_portal.launcher.probe import main

    return main(rest[0] if rest else "/healthz")


#: Each is imported only when it is asked for: the second start takes seconds.
COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": _run,
    "prepare": _prepare,
    "test": _test,
    "check": _check,
    "bench": _bench,
    "screenshots": _screenshots,
    "probe": _probe,
}


def main(arguments: Sequence[str]) -> int:
    command = COMMANDS.get(arguments[0] if arguments else "")
    if command is None:
        print(f"Команды: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    return command(arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
