-- What people decided about findings. None of it changes a verdict, and a snooze ends by itself. `change` rises with every
-- write of an estate, so that a reader takes up only what moved since it looked.
CREATE TABLE leeway.handling (
  estate text NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  assignee text,
  snoozed_until timestamptz,
  snooze_reason text,
  snoozed_by text,
  change bigint NOT NULL,
  PRIMARY KEY (estate, fingerprint)
);
CREATE INDEX handling_change ON leeway.handling (estate, change);

-- Only ever appended to: what people did with a finding, beside what scans saw of it.
CREATE TABLE leeway.handling_event (
  estate text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  fingerprint text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  what text NOT NULL CHECK (
    what IN ('assigned', 'snoozed', 'woken', 'requested', 'approved', 'declined', 'withdrawn', 'reconciled')
  ),
  text text NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (estate, seq)
);
CREATE INDEX handling_event_history ON leeway.handling_event (estate, fingerprint, seq);
CREATE INDEX handling_event_timeline ON leeway.handling_event (estate, at DESC, seq DESC);

-- Who asked for which approved difference and how it was decided. The record itself lies in Git, at `commit` of `branch`;
-- `body` holds what was asked, as it was asked.
CREATE TABLE leeway.approval_request (
  estate text NOT NULL,
  id text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  state text NOT NULL CHECK (state IN ('open', 'approved', 'declined', 'withdrawn')),
  fingerprint text COLLATE "C" NOT NULL,
  record_id text NOT NULL,
  requester text NOT NULL,
  requester_id text NOT NULL,
  requested_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  branch text NOT NULL,
  commit text NOT NULL,
  pushed boolean NOT NULL,
  pull_request text,
  body json NOT NULL,
  PRIMARY KEY (estate, id)
);
CREATE INDEX approval_request_newest ON leeway.approval_request (estate, seq DESC);
CREATE INDEX approval_request_finding ON leeway.approval_request (estate, fingerprint);
CREATE UNIQUE INDEX approval_request_open ON leeway.approval_request (estate, record_id) WHERE state = 'open';

-- What the screens read. `change` rises with every scan recorded of an estate; a finding carries that of the scan that
-- last moved it, so that a reader takes up only what moved since it looked.
CREATE TABLE leeway.finding_version (
  estate text NOT NULL PRIMARY KEY,
  change bigint NOT NULL
);
ALTER TABLE leeway.finding_state ADD COLUMN change bigint NOT NULL DEFAULT 0;
CREATE INDEX finding_state_change ON leeway.finding_state (estate, change);
CREATE INDEX finding_state_resolved ON leeway.finding_state (estate, resolved_at DESC) WHERE resolved_at IS NOT NULL;
ALTER TABLE leeway.finding ADD COLUMN layer text NOT NULL DEFAULT '', ADD COLUMN workload text;
CREATE INDEX finding_cause ON leeway.finding (estate, cause);

-- Findings that an approved difference silences, as last seen. They are not open and have no history of their own.
CREATE TABLE leeway.silenced_finding (
  estate text NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  environment text NOT NULL,
  source text NOT NULL,
  digest text NOT NULL,
  body json NOT NULL,
  since timestamptz NOT NULL,
  ended_at timestamptz,
  change bigint NOT NULL,
  PRIMARY KEY (estate, fingerprint)
);
CREATE INDEX silenced_finding_change ON leeway.silenced_finding (estate, change);
CREATE INDEX silenced_finding_now ON leeway.silenced_finding (estate) WHERE ended_at IS NULL;

-- By how much each scan moved the number of open findings. What was open at a moment is what is open now without what was
-- added since: the past costs what moved, not what there was.
CREATE TABLE leeway.open_delta (
  estate text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  change bigint NOT NULL,
  at timestamptz NOT NULL,
  environment text NOT NULL,
  layer text NOT NULL,
  workload text,
  verdict text NOT NULL,
  severity text NOT NULL,
  delta integer NOT NULL,
  PRIMARY KEY (estate, seq)
);
CREATE INDEX open_delta_change ON leeway.open_delta (estate, change);
CREATE INDEX open_delta_time ON leeway.open_delta (estate, at);

CREATE INDEX scan_seq ON leeway.scan (estate, seq);
CREATE INDEX deployment_seq ON leeway.deployment (estate, seq);
CREATE INDEX deployment_newest ON leeway.deployment (estate, at DESC);
