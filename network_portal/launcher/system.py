"""What cannot come from the package index: Pango and HarfBuzz, which draw the PDF."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Sequence

from network_portal.launcher.sentences import CannotStart, say

#: Names as WeasyPrint tries them: short for the system's search, file name for Linux.
LIBRARIES = (
    ("pango-1.0", "libpango-1.0.so.0"),
    ("pangoft2-1.0", "libpangoft2-1.0.so.0"),
    ("harfbuzz-subset", "libharfbuzz-subset.so.0"),
)
DEBIAN = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
#: Package manager and the line that installs the same elsewhere.
ELSEWHERE = {
    "dnf": "sudo dnf install pango harfbuzz",
    "apk": "sudo apk add pango harfbuzz harfbuzz-subset",
    "pacman": "sudo pacman -S pango harfbuzz",
    "brew": "brew install pango",
}


def missing() -> list[str]:
    return [short for short, file in LIBRARIES if not _loads(file) and not _found(short)]


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _found(short: str) -> bool:
    place = ctypes.util.find_library(short)
    return place is not None and _loads(place)


def install_line() -> str:
    if shutil.which("apt-get"):
        return f"sudo apt-get install -y {' '.join(DEBIAN)}"
    for manager, line in ELSEWHERE.items():
        if shutil.which(manager):
            return line
    return "установите Pango 1.44 или новее и HarfBuzz средствами системы"


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages; False when that is impossible here or did not work."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"Устанавливаю из дистрибутива: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL).returncode == 0:
        return True
    # Lists of a bare image are empty or old.
    subprocess.run(["apt-get", "update", "-q"], env=quiet, stdout=subprocess.DEVNULL)
    return subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL).returncode == 0


def require_libraries() -> None:
    """Raises CannotStart with the exact line to type when the PDF cannot be drawn."""
    absent = missing()
    if not absent:
        return
    if apt_install(DEBIAN) and not missing():
        return
    raise CannotStart(
        f"Для документов PDF не хватает библиотек ({', '.join(absent)}). Выполните:\n"
        f"  {install_line()}\nи запустите снова."
    )
