"""What inspection knows of what waits for somebody, by subject."""

from __future__ import annotations

from services.inspection.excellence import todo as excellence
from services.inspection.patrols import todo as patrols
from services.inspection.rectifications import todo as rectifications

TASKS = (*rectifications.TASKS, *patrols.TASKS, *excellence.TASKS)
