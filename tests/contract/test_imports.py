"""Importing any module of the product opens no file of data, no socket and no database."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("callbacks", "layouts", "dashboard", "data", "geo")

WATCH = """
import importlib, json, pkgutil, sys
opened = []
def hook(event, args):
    if event in ("sqlite3.connect", "socket.connect", "subprocess.Popen"):
        opened.append([event, str(args)])
    if event == "open" and str(args[0]).startswith(ROOT) and not str(args[0]).endswith((".py", ".pyc")):
        if "/.venv/" not in str(args[0]):
            opened.append([event, str(args[0])])
ROOT = sys.argv[1]
sys.path.insert(0, ROOT)
sys.addaudithook(hook)
names = []
for package in sys.argv[2:]:
    names.append(package)
    for found in pkgutil.walk_packages([ROOT + "/" + package], package + "."):
        names.append(found.name)
for name in names:
    importlib.import_module(name)
print(json.dumps({"modules": len(names), "opened": opened}))
"""


def test_importing_every_module_does_no_input_or_output(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-B", "-c", WATCH, str(ROOT), *PACKAGES],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["modules"] > 60
    assert found["opened"] == []
