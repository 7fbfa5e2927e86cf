"""What is run with LIANBAN_LONG alone: it takes minutes of a machine that does nothing else."""

from __future__ import annotations

import os

LONG = ["test_killed_one_after_another.py", "test_restarted_one_after_another.py"]
collect_ignore = [] if os.environ.get("LIANBAN_LONG") == "1" else LONG
