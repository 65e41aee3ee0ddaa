-- Version 2: calls that cost money, and answers that are known for texts. Never edited after a release.
-- The view "paid_call" is for people.

CREATE TABLE call (
  job          INTEGER NOT NULL REFERENCES job,
  number       INTEGER NOT NULL,  -- from 1 in each job, without gaps
  rows         TEXT NOT NULL,     -- asked about, in the order of the request: 1-20,23
  round        INTEGER NOT NULL,
  model        TEXT NOT NULL,
  format       TEXT NOT NULL,
  worst_case   INTEGER,           -- picodollars; NULL if no price is known
  state        TEXT NOT NULL,     -- SENT, ANSWERED, SETTLED (answered, and the answer is used), UNBILLED
  answer       TEXT,              -- as it came; NULL, as all below, unless answered
  finish       TEXT,
  request_id   TEXT,
  input        INTEGER,           -- tokens, here and in the next three
  cached_input INTEGER,
  cache_write  INTEGER,
  output       INTEGER,
  cost         INTEGER,           -- picodollars; NULL if no price is known
  seal         INTEGER NOT NULL,
  PRIMARY KEY (job, number)
);

CREATE INDEX call_unsettled ON call (job, number) WHERE state = 'ANSWERED';

CREATE TABLE bill (               -- what the calls of a job add up to; no line while there are none
  job             INTEGER PRIMARY KEY REFERENCES job,
  sent            INTEGER NOT NULL,
  answered        INTEGER NOT NULL,
  unbilled        INTEGER NOT NULL,
  input           INTEGER NOT NULL,
  cached_input    INTEGER NOT NULL,
  cache_write     INTEGER NOT NULL,
  output          INTEGER NOT NULL,
  cost            INTEGER NOT NULL,  -- picodollars
  at_risk         INTEGER NOT NULL,  -- the most that calls without an answer can cost
  unpriced        INTEGER NOT NULL,
  unsettled       INTEGER NOT NULL,
  seals           INTEGER NOT NULL,  -- sum of the seals of all calls
  unsettled_seals INTEGER NOT NULL,  -- sum of the seals of those answered and not used
  seal            INTEGER NOT NULL
);

CREATE TABLE answer (             -- of all jobs
  key        BLOB PRIMARY KEY,    -- SHA-256 of the text and of all that its answer depends on
  category   TEXT,                -- NULL if none fits
  confidence REAL,
  source     TEXT NOT NULL,
  seal       INTEGER NOT NULL
) WITHOUT ROWID;

CREATE VIEW paid_call AS
SELECT job.id AS job,
       call.number AS number,
       lower(call.state) AS state,
       call.rows AS rows,
       call.round AS round,
       call.model AS model,
       call.worst_case / 1e12 AS worst_case_usd,
       call.cost / 1e12 AS cost_usd,
       call.input AS input_tokens,
       call.cached_input AS cached_tokens,
       call.cache_write AS cache_write_tokens,
       call.output AS output_tokens,
       call.finish AS finish,
       call.request_id AS request_id,
       call.answer AS answer
FROM call
JOIN job ON job.number = call.job;
