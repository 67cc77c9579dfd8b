-- The truth. Everything else under the base's home is derived from these tables and can be thrown away.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '0'), ('embedded', '0');

-- Original files, zlib-packed, by the SHA-256 of their bytes.
CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    packed BLOB NOT NULL
);

CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice, so an index can never mean another document
    id TEXT NOT NULL UNIQUE REFERENCES sources (id),
    file TEXT NOT NULL,
    name TEXT NOT NULL,                        -- the base name as versions compare it: NFC, case folded
    symbol TEXT,
    version INTEGER NOT NULL,
    current INTEGER NOT NULL,
    changed INTEGER NOT NULL,                  -- generation that last made it (in)visible
    added TEXT NOT NULL,
    passages INTEGER NOT NULL,                 -- searchable ones
    card TEXT NOT NULL,                        -- JSON: what a list needs
    rest BLOB NOT NULL,                        -- packed JSON: pages, aliases, repairs
    boxes BLOB,                                -- packed JSON, where the format has a page image
    text BLOB NOT NULL,                        -- zlib, UTF-8
    status TEXT NOT NULL DEFAULT '{}'          -- JSON of Known, derived from its words and the others' references
);
CREATE INDEX documents_name ON documents (name);
CREATE INDEX documents_symbol ON documents (symbol);
CREATE INDEX documents_changed ON documents (changed);

-- Documents taken out, so that indexes that were built with them can follow.
CREATE TABLE gone (
    number INTEGER PRIMARY KEY,
    changed INTEGER NOT NULL,
    first INTEGER NOT NULL,                    -- its passages were numbered first … last
    last INTEGER NOT NULL
);

CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- the key of every index; those of one document are consecutive
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    anchor TEXT NOT NULL,                      -- the locator with / as -
    role TEXT NOT NULL,
    searchable INTEGER NOT NULL,
    key BLOB,                                  -- hash of what is embedded; NULL where nothing is
    body TEXT NOT NULL,                        -- JSON of Passage
    UNIQUE (document, anchor)
);

CREATE TABLE mentions (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    symbol TEXT,
    verb TEXT NOT NULL,
    body TEXT NOT NULL                         -- JSON of Reference
);
CREATE INDEX mentions_document ON mentions (document);
CREATE INDEX mentions_symbol ON mentions (symbol);

CREATE TABLE encoders (
    number INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    dimensions INTEGER NOT NULL
);

-- The embedding cache: outlives documents, so nothing is ever embedded twice by one encoder.
CREATE TABLE embeddings (
    encoder INTEGER NOT NULL REFERENCES encoders (number),
    key BLOB NOT NULL,
    vector BLOB NOT NULL,                      -- float32, little endian, unit length
    PRIMARY KEY (encoder, key)
);

PRAGMA user_version = 1;
