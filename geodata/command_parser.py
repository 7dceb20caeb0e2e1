"""The parser of every command: bad input gets one sentence and exit status 2."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn


class CommandParser(argparse.ArgumentParser):
    """Bad input gets one sentence on standard error and exit status 2, without the usage."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and leave."""
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(2)
