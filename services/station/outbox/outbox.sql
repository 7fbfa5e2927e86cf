-- What is submitted from here, what accompanies it, and what is known of the county.
CREATE TABLE IF NOT EXISTS submissions (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    submitter TEXT NOT NULL,
    subject TEXT NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    saved_at TEXT NOT NULL,
    corrects TEXT NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    reasons TEXT NOT NULL DEFAULT '[]',
    sequence INTEGER,
    delivered_at TEXT,
    decided_at TEXT,
    UNIQUE (submitter, id)
);
CREATE INDEX IF NOT EXISTS by_state ON submissions (state, n);
CREATE INDEX IF NOT EXISTS corrections ON submissions (corrects) WHERE corrects <> '';

-- The pictures themselves are files beside this one, named by their SHA-256.
CREATE TABLE IF NOT EXISTS photos (
    sha256 TEXT PRIMARY KEY,
    submitter TEXT NOT NULL,
    chunks INTEGER NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'pending',
    reasons TEXT NOT NULL DEFAULT '[]',
    saved_at TEXT NOT NULL,
    delivered_at TEXT
);

-- What was last heard from the county, by name, as JSON.
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL, heard_at TEXT NOT NULL);
