-- Version 1. Never edited after a release: a change is a file of its own.
-- Rows and categories are joined by hand in the view "result", for people with the sqlite3 tool.

CREATE TABLE workspace (
  version INTEGER NOT NULL,  -- of this layout
  jobs    INTEGER NOT NULL,  -- how many there are; they are numbered from 1 without gaps
  seal    INTEGER NOT NULL   -- checksum of the line
);

CREATE TABLE job (
  number       INTEGER PRIMARY KEY,
  id           TEXT NOT NULL,     -- as in jobs/<id>
  name         TEXT NOT NULL,
  created      TEXT NOT NULL,
  input        TEXT NOT NULL,
  output       TEXT NOT NULL,
  input_bytes  INTEGER NOT NULL,
  input_sha256 TEXT NOT NULL,
  input_rows   INTEGER NOT NULL,
  charset      TEXT NOT NULL,
  bom          INTEGER NOT NULL,
  delimiter    INTEGER NOT NULL,  -- code of the character; 31 for none
  line_ending  TEXT NOT NULL,
  header       TEXT NOT NULL,
  blank_lines  INTEGER NOT NULL,
  short_rows   INTEGER NOT NULL,
  long_rows    INTEGER NOT NULL,
  rows_with_nul          INTEGER NOT NULL,
  rows_with_bad_bytes    INTEGER NOT NULL,
  rows_with_loose_quotes INTEGER NOT NULL,
  seal         INTEGER NOT NULL   -- checksum of this line and of the job's lines in the tables up to job_row_mark
);

CREATE TABLE job_setting (
  job   INTEGER NOT NULL REFERENCES job,
  kind  TEXT NOT NULL CHECK (kind IN ('settings', 'launch')),
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (job, kind, name)
) WITHOUT ROWID;

CREATE TABLE job_column (
  job     INTEGER NOT NULL REFERENCES job,
  ordinal INTEGER NOT NULL,
  name    TEXT NOT NULL,
  PRIMARY KEY (job, ordinal)
) WITHOUT ROWID;

CREATE TABLE job_text_column (
  job      INTEGER NOT NULL REFERENCES job,
  ordinal  INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  PRIMARY KEY (job, ordinal)
) WITHOUT ROWID;

CREATE TABLE category (
  job     INTEGER NOT NULL REFERENCES job,
  ordinal INTEGER NOT NULL,
  name    TEXT NOT NULL,
  PRIMARY KEY (job, ordinal)
) WITHOUT ROWID;

CREATE TABLE job_row_mark (
  job     INTEGER NOT NULL REFERENCES job,
  ordinal INTEGER NOT NULL,
  row     INTEGER NOT NULL,
  line    INTEGER NOT NULL,
  at_byte INTEGER NOT NULL,
  PRIMARY KEY (job, ordinal)
) WITHOUT ROWID;

CREATE TABLE job_state (
  job           INTEGER PRIMARY KEY REFERENCES job,
  epoch         INTEGER NOT NULL,
  state         TEXT NOT NULL,
  reason        TEXT,
  message       TEXT NOT NULL,
  holder_pid    INTEGER,
  holder_host   TEXT,
  holder_since  TEXT,
  output_rows   INTEGER,
  output_bytes  INTEGER,
  output_sha256 TEXT,
  seal          INTEGER NOT NULL
);

CREATE TABLE source (
  job     INTEGER NOT NULL REFERENCES job,
  ordinal INTEGER NOT NULL,
  name    TEXT NOT NULL,
  PRIMARY KEY (job, ordinal)
) WITHOUT ROWID;

CREATE TABLE outcome (
  job        INTEGER NOT NULL REFERENCES job,
  row        INTEGER NOT NULL,
  status     INTEGER NOT NULL,  -- 0 categorized, 1 unmatched, 2 failed, 3 skipped
  category   INTEGER,
  confidence REAL,
  source     INTEGER,
  sub_batch  INTEGER NOT NULL,
  attempts   INTEGER NOT NULL,
  PRIMARY KEY (job, row)
) WITHOUT ROWID;

CREATE TABLE failure (
  job     INTEGER NOT NULL REFERENCES job,
  row     INTEGER NOT NULL,
  cause   TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (job, row)
) WITHOUT ROWID;

CREATE TABLE outcome_group (
  job         INTEGER NOT NULL REFERENCES job,
  number      INTEGER NOT NULL,  -- (row - 1) / 256
  categorized INTEGER NOT NULL,
  unmatched   INTEGER NOT NULL,
  failed      INTEGER NOT NULL,
  skipped     INTEGER NOT NULL,
  checksum    INTEGER NOT NULL,  -- sum of the checksums of the outcomes, modulo 2^64
  PRIMARY KEY (job, number)
) WITHOUT ROWID;

CREATE TABLE batch (
  job         INTEGER NOT NULL REFERENCES job,
  number      INTEGER NOT NULL,
  first_row   INTEGER NOT NULL,
  categorized INTEGER NOT NULL,
  unmatched   INTEGER NOT NULL,
  failed      INTEGER NOT NULL,
  skipped     INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  sha256      TEXT NOT NULL,
  seal        INTEGER NOT NULL,
  PRIMARY KEY (job, number)
) WITHOUT ROWID;

CREATE INDEX batch_by_first_row ON batch (job, first_row);

CREATE TABLE ledger (
  job         INTEGER PRIMARY KEY REFERENCES job,
  categorized INTEGER NOT NULL,
  unmatched   INTEGER NOT NULL,
  failed      INTEGER NOT NULL,
  skipped     INTEGER NOT NULL,
  outcomes    INTEGER NOT NULL,  -- sum of the checksums of all outcomes
  batches     INTEGER NOT NULL,
  batch_seals INTEGER NOT NULL,  -- sum of the seals of all batches
  seal        INTEGER NOT NULL
);

CREATE VIEW result AS
SELECT job.id AS job,
       outcome.row AS row,
       CASE outcome.status WHEN 0 THEN 'categorized' WHEN 1 THEN 'unmatched' WHEN 2 THEN 'failed' ELSE 'skipped' END AS status,
       category.name AS category,
       outcome.confidence AS confidence,
       source.name AS source,
       failure.cause AS cause,
       failure.message AS message,
       outcome.sub_batch AS sub_batch,
       outcome.attempts AS attempts
FROM outcome
JOIN job ON job.number = outcome.job
LEFT JOIN category ON category.job = outcome.job AND category.ordinal = outcome.category
LEFT JOIN source ON source.job = outcome.job AND source.ordinal = outcome.source
LEFT JOIN failure ON failure.job = outcome.job AND failure.row = outcome.row;
