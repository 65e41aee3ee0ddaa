-- Version 4: outcomes of many rows in one line, where many were recorded at once. Never edited after a release.
-- The view "result" shows rows of both kinds.

CREATE TABLE outcome_pack (       -- rows that are not in the table outcome; all of one group of 256
  job       INTEGER NOT NULL REFERENCES job,
  first_row INTEGER NOT NULL,
  outcomes  TEXT NOT NULL,        -- JSON: an array of 7 numbers for each row, in row order: row - first_row, then as in the
                                  -- table outcome: status, category, confidence * 2^60, source, sub_batch, attempts
  PRIMARY KEY (job, first_row)
);

DROP VIEW result;

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
FROM (SELECT job, row, status, category, confidence, source, sub_batch, attempts
      FROM outcome
      UNION ALL
      SELECT pack.job, pack.first_row + json_extract(packed.value, '$[0]'), json_extract(packed.value, '$[1]'),
             json_extract(packed.value, '$[2]'), json_extract(packed.value, '$[3]') / 1152921504606846976.0,
             json_extract(packed.value, '$[4]'), json_extract(packed.value, '$[5]'), json_extract(packed.value, '$[6]')
      FROM outcome_pack AS pack, json_each(pack.outcomes) AS packed) AS outcome
JOIN job ON job.number = outcome.job
LEFT JOIN category ON category.job = outcome.job AND category.ordinal = outcome.category
LEFT JOIN source ON source.job = outcome.job AND source.ordinal = outcome.source
LEFT JOIN failure ON failure.job = outcome.job AND failure.row = outcome.row;
