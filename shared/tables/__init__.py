"""Tables that people bring: read apart, looked through row by row, and each right row entered as submissions."""
