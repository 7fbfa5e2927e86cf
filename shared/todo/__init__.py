"""待办: what waits for whoever is signed in. Each service knows its own kinds of task, a page puts them together.

A kind is declared beside its subject (`services/<service>/<subject>/todo.py`): one query, one sentence. Every service
shows the whole list below its own path, so that it is there when another service is not.
"""
