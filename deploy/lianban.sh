#!/bin/sh
# `lianban`, from wherever it is typed: .venv/bin/lianban leads here, and in the image /opt/lianban/bin/lianban.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
python=$root/.venv/bin/python
[ -x "$python" ] || python=python3
PYTHONPATH=$root${PYTHONPATH:+:$PYTHONPATH} exec "$python" -m deploy.commands "$@"
