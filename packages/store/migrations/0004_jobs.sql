-- Jobs as people see them. The queue of pg-boss in schema leeway_jobs decides when one runs; what it is, what became of it and
-- who holds it stands here. `attempts` fences: a worker that lost its job writes nothing under it any more.
CREATE TABLE leeway.job (
  estate text NOT NULL,
  id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL CHECK (kind IN ('scan', 'notify', 'maintenance')),
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'dead')),
  cause text NOT NULL CHECK (cause IN ('schedule', 'request', 'deployment', 'event', 'push')),
  requested_by text,
  environments json NOT NULL,
  sources json NOT NULL,
  -- Digest of kind and scope: of two that wait for the same, one is enough.
  scope text NOT NULL,
  -- What a job is made for at most once: a schedule's moment, a webhook's delivery.
  once text,
  attempts integer NOT NULL DEFAULT 0,
  worker text,
  held_until timestamptz,
  is_cancel_requested boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  progress json,
  outcome json,
  problem json,
  PRIMARY KEY (estate, id)
);
CREATE UNIQUE INDEX job_once ON leeway.job (estate, once) WHERE once IS NOT NULL;
CREATE UNIQUE INDEX job_waiting ON leeway.job (estate, scope) WHERE state = 'waiting' AND started_at IS NULL;
CREATE INDEX job_newest ON leeway.job (estate, seq DESC);
CREATE INDEX job_unfinished ON leeway.job (estate, state) WHERE state IN ('waiting', 'running', 'dead');

-- Who reads a source of an environment now. A worker that dies stops renewing it.
CREATE TABLE leeway.scan_lease (
  estate text NOT NULL,
  environment text NOT NULL,
  source text NOT NULL,
  job uuid NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (estate, environment, source)
);
CREATE INDEX scan_lease_job ON leeway.scan_lease (estate, job);

-- When a schedule runs next. Whoever moves `next_run` on makes the job; everybody else finds it moved.
CREATE TABLE leeway.schedule (
  estate text NOT NULL,
  name text NOT NULL,
  -- Of cron expression and zone: a schedule that was changed starts anew.
  digest text NOT NULL,
  next_run timestamptz NOT NULL,
  last_run timestamptz,
  PRIMARY KEY (estate, name)
);

-- Up to which event everybody who is to know was told.
CREATE TABLE leeway.notified (
  estate text NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (estate)
);

-- Messages that are to be sent and those that were, with the whole text: a retry sends what was decided, not what is true later.
CREATE TABLE leeway.delivery (
  estate text NOT NULL,
  id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  channel text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'dropped')),
  created_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  held_until timestamptz,
  ended_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  summary text NOT NULL,
  findings integer NOT NULL,
  message json NOT NULL,
  error text,
  PRIMARY KEY (estate, id)
);
CREATE INDEX delivery_newest ON leeway.delivery (estate, seq DESC);
CREATE INDEX delivery_due ON leeway.delivery (estate, due_at) WHERE state = 'waiting';
