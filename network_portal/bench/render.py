"""A process that renders one document once: `python -m network_portal.bench.render ours FILE`.

Prints JSON: seconds of the processor for rendering alone (imports are paid before; the work has
one thread, so neighbours of the machine do not count), pages (0 where the way does not
count them), bytes, the peak of memory in megabytes.
"""

import json
import sys
from pathlib import Path
from time import process_time

from reports import pdf
from reports.fonts import only_ours


def main(way: str, file: str) -> None:
    html = Path(file).read_text("utf-8")
    started = process_time()
    result = pdf.render(html) if way == "ours" else _bare(html)
    seconds = process_time() - started
    told = {"seconds": seconds, "pages": result.pages, "size": len(result.content)}
    told["memory"] = _peak_of_memory()
    sys.stdout.write(json.dumps(told))


def _bare(html: str) -> pdf.PdfResult:
    """WeasyPrint alone, with our fonts: others would make another number of pages."""
    with only_ours():
        return pdf.PdfResult(pdf.bare(html), pages=0)


def _peak_of_memory() -> float:
    """Megabytes since this program began; 0 where the system does not tell.

    `getrusage` would count the moment of birth too, when the process is a copy of its parent.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main(*sys.argv[1:])
