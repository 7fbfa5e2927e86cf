"""What is run with LIANBAN_LONG alone: it takes a minute of a machine that does nothing else."""

from __future__ import annotations

import os

collect_ignore = [] if os.environ.get("LIANBAN_LONG") == "1" else ["test_killed_one_after_another.py"]
