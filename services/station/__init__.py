"""The agent that a village station, or any organisation that submits, runs on a PC of its own.

What a person enters is in the outbox on the disk before the page says 已保存; the sender brings it to the county when
the line allows, and brings back what the county decided.
"""
