"""Who is who: NATS JWTs, invitations, tokens for HTTP, and a process's own way in."""
