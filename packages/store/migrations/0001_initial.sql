-- Everything an estate owns has the estate as the first column of its key, so that a distributed server can place an
-- estate on one node. Chunks, packs and policy results are shared by content: their digest is the key.

CREATE TABLE leeway.chunk (
  id bytea PRIMARY KEY,
  entries bytea NOT NULL
);

CREATE TABLE leeway.pack (
  id bytea PRIMARY KEY,
  count integer NOT NULL,
  bytes bytea NOT NULL
);

-- Digests and zstd do not compress again: EXTERNAL spares the attempt.
ALTER TABLE leeway.chunk ALTER COLUMN entries SET STORAGE EXTERNAL;
ALTER TABLE leeway.pack ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- What nothing referred to when it was last pruned. Putting it again takes it off the list (see src/prune.ts).
CREATE TABLE leeway.doomed (
  what text NOT NULL CHECK (what IN ('chunk', 'pack')),
  id bytea NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (what, id)
);

-- `buckets` holds all chunk ids where `base` is null, and otherwise only what moved since the snapshot `base`
-- (see src/delta.ts).
CREATE TABLE leeway.snapshot (
  estate text NOT NULL,
  id text NOT NULL,
  environment text NOT NULL,
  source text NOT NULL,
  plane text NOT NULL,
  taken_at timestamptz NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  header json NOT NULL,
  bits smallint NOT NULL,
  base text,
  depth smallint NOT NULL,
  buckets bytea NOT NULL,
  PRIMARY KEY (estate, id)
);
ALTER TABLE leeway.snapshot ALTER COLUMN buckets SET STORAGE EXTERNAL;
CREATE INDEX snapshot_slot ON leeway.snapshot (estate, environment, source, plane, taken_at DESC, seq DESC);
CREATE INDEX snapshot_id ON leeway.snapshot (id);

CREATE TABLE leeway.scan (
  estate text NOT NULL,
  id text NOT NULL,
  at timestamptz NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  revision text NOT NULL,
  environments json NOT NULL,
  sources json NOT NULL,
  exit_code smallint NOT NULL,
  PRIMARY KEY (estate, id)
);
CREATE INDEX scan_newest ON leeway.scan (estate, at DESC, seq DESC);

-- The finding as last reported. What changes with every scan stands apart in finding_state, so that a scan that finds
-- the same again rewrites narrow rows in place.
CREATE TABLE leeway.finding (
  estate text NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  cause text NOT NULL,
  environment text NOT NULL,
  source text NOT NULL,
  kind text NOT NULL,
  verdict text NOT NULL,
  severity text NOT NULL,
  headline text NOT NULL,
  digest text NOT NULL,
  body json NOT NULL,
  PRIMARY KEY (estate, fingerprint)
);

CREATE TABLE leeway.finding_state (
  estate text NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  resolved_at timestamptz,
  reopened integer NOT NULL DEFAULT 0,
  PRIMARY KEY (estate, fingerprint)
) WITH (fillfactor = 50);
CREATE INDEX finding_open ON leeway.finding_state (estate) WHERE resolved_at IS NULL;

-- Only ever appended to.
CREATE TABLE leeway.finding_event (
  estate text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  fingerprint text COLLATE "C" NOT NULL,
  environment text NOT NULL,
  at timestamptz NOT NULL,
  scan text NOT NULL,
  event text NOT NULL CHECK (event IN ('seen', 'changed', 'resolved', 'reopened')),
  verdict text NOT NULL,
  severity text NOT NULL,
  headline text NOT NULL,
  PRIMARY KEY (estate, seq)
);
CREATE INDEX finding_event_history ON leeway.finding_event (estate, fingerprint, seq);
CREATE INDEX finding_event_timeline ON leeway.finding_event (estate, at DESC, seq DESC);

CREATE TABLE leeway.policy_result (
  policies text NOT NULL,
  chunk_id bytea NOT NULL,
  violations json NOT NULL,
  put_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (policies, chunk_id)
);

CREATE TABLE leeway.deployment (
  estate text NOT NULL,
  environment text NOT NULL,
  source text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  revision text NOT NULL,
  actor text,
  PRIMARY KEY (estate, environment, source, seq)
);
