"""From messages to verdicts and facts, written once for every service. Ten words that it is written in:

- **submission**: what a station, an office or the clock asks a service to decide, in the imperative.
- **fact**: what a service decided, in the past tense; others follow it and never doubt it.
- **verdict**: the answer to a submission: accepted, refused with reasons, or unreadable.
- **inlet**: where a service's events come from: submissions are admitted and answered, facts only followed.
- **batch**: the messages that one pull brings, decided in one transaction in the order of the stream.
- **rule**: a pure function from what is kept and one event to `Accepted` or `Refused`; it has no clock.
- **handler**: one line that names the rule of a type of event and the documents that the rule needs.
- **fold**: rules applied over a batch on one working copy, so that later events see what earlier ones changed.
- **ledger**: one entry for each event that was decided: audit trail, inbox and outbox at once.
- **dead letter**: a message that nobody can decide, kept with its reason until somebody drives it again.
"""
