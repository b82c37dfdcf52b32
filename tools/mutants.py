"""Breaks the rules of the pyramid one by one, and prints each break that no test sees. For `make mutants`.

python tools/mutants.py [NAME …]    mutmut, over what [tool.mutmut] in pyproject.toml names; a NAME may hold *

A survivor is a test that is missing, or a change that changes nothing. What was found stands in mutants/, and is
not tried again until its file changes.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

MUTMUT = [sys.executable, "-m", "mutmut"]
# Exit codes of the tests as mutmut keeps them: 0, nothing failed, so the break lives; none, it was not tried.
ALIVE, UNTRIED = 0, None


def main(names: list[str]) -> int:
    """Run mutmut over the names, or all; print the survivors and the share that was seen."""
    done = subprocess.run([*MUTMUT, "run", *names], check=False)
    if done.returncode:
        return done.returncode
    tried, alive = Counter[str](), []
    for file in sorted(Path("mutants").rglob("*.py.meta")):
        codes = json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
        tried[file.name.removesuffix(".py.meta")] = sum(code is not UNTRIED for code in codes.values())
        alive += [name for name, code in codes.items() if code == ALIVE]
    for name in alive:
        print(subprocess.run([*MUTMUT, "show", name], check=True, capture_output=True, text=True).stdout)
    living = Counter(name.split(".")[-2] for name in alive)
    for module, count in tried.items():
        if count:
            print(f"{module:16} {count - living[module]:5} of {count:5} seen, {living[module]} alive")
    seen = 1 - len(alive) / max(1, tried.total())
    print(f"{seen:.1%} of {tried.total()} breaks seen; {len(alive)} alive")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
