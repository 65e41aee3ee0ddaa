-- Version 3: what people said of rows, and jobs that were deleted. Never edited after a release.
-- The view "judgement" is for people.

CREATE TABLE review (             -- only ever added to; the newest of a row holds
  job      INTEGER NOT NULL REFERENCES job,
  number   INTEGER NOT NULL,      -- from 1 in each job, without gaps
  row      INTEGER NOT NULL,
  verdict  INTEGER NOT NULL,      -- 0 category, 1 no category, 2 confirmed, 3 withdrawn
  category INTEGER,
  at       INTEGER NOT NULL,      -- milliseconds since 1970
  undoes   INTEGER,               -- number of the review that this one takes back
  seal     INTEGER NOT NULL,
  PRIMARY KEY (job, number)
) WITHOUT ROWID;

CREATE INDEX review_by_row ON review (job, row);
CREATE INDEX review_undone ON review (job, undoes) WHERE undoes IS NOT NULL;

CREATE TABLE original (           -- what was recorded of a row before a person changed it
  job        INTEGER NOT NULL REFERENCES job,
  row        INTEGER NOT NULL,
  status     INTEGER NOT NULL,    -- as in the table outcome
  category   INTEGER,
  confidence REAL,
  source     TEXT,
  cause      TEXT,
  message    TEXT,
  seal       INTEGER NOT NULL,
  PRIMARY KEY (job, row)
) WITHOUT ROWID;

CREATE TABLE judging (            -- what both tables add up to; no line while nobody has said anything
  job            INTEGER PRIMARY KEY REFERENCES job,
  reviews        INTEGER NOT NULL,
  review_seals   INTEGER NOT NULL,
  originals      INTEGER NOT NULL,
  original_seals INTEGER NOT NULL,
  seal           INTEGER NOT NULL
);

CREATE TABLE deleted_job (        -- keeps the number of a job that is gone
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL,           -- as in jobs/<id>
  seal   INTEGER NOT NULL
);

CREATE VIEW judgement AS
SELECT job.id AS job,
       review.number AS number,
       review.row AS row,
       CASE review.verdict WHEN 0 THEN 'category' WHEN 1 THEN 'none' WHEN 2 THEN 'confirmed' ELSE 'withdrawn' END AS verdict,
       category.name AS category,
       strftime('%Y-%m-%dT%H:%M:%fZ', review.at / 1000.0, 'unixepoch') AS at,
       review.undoes AS undoes
FROM review
JOIN job ON job.number = review.job
LEFT JOIN category ON category.job = review.job AND category.ordinal = review.category;
