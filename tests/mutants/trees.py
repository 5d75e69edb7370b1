"""Copies of the working tree, in which code is changed: nothing is ever changed in the tree itself."""

import shutil
import subprocess
from pathlib import Path

LINKED = (".venv", "node_modules")


def copy_tree(target: Path) -> Path:
    """All files that git knows or would add, the bundled modules, and links to what is installed."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], capture_output=True, text=True, check=True
    )
    bundled = Path().glob("plugins/**/vendor/**/*")
    for path in (*map(Path, listed.stdout.split("\0")), *bundled):
        if path.is_file():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target / path)
    for name in LINKED:
        if (installed := Path(name)).exists():
            (target / name).symlink_to(installed.resolve())
    # a file where the folder of what earlier builds found would be: nothing is remembered from one change to the next
    (target / ".cache").touch()
    return target
