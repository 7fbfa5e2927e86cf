"""Alerts as messages to people: what Alertmanager tells, in Chinese, to group robots (企业微信, 钉钉) and by SMS.

Each way is an address of its own (`/wecom`, `/dingtalk`, `/sms`), so that Alertmanager tries each again by itself until
it is answered. A way that is not set up is answered and sends nothing.
"""
