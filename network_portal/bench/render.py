"""A process that renders one document once: `python -m network_portal.bench.render ours FILE`.

Prints JSON: seconds of rendering alone (imports are paid before), bytes, the peak of memory in
megabytes.
"""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter

from reports import pdf


def main(way: str, file: str) -> None:
    html = Path(file).read_text("utf-8")
    started = perf_counter()
    content = pdf.render(html).content if way == "ours" else pdf.bare(html)
    seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"seconds": seconds, "size": len(content), "pages": pages_of(content), "memory": peak}
    sys.stdout.write(json.dumps(told))


def pages_of(content: bytes) -> int:
    """Pages of a PDF whose objects are not packed; both ways write the same file."""
    return content.count(b"/Type /Page\n") + content.count(b"/Type /Page/")


if __name__ == "__main__":
    main(*sys.argv[1:])
