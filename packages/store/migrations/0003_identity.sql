-- Who may use the server. Secrets are never here: sessions, tokens and links are known by the SHA-256 of theirs, passwords
-- by scrypt. All times come from the server's clock.

-- `issuer` is empty for local accounts, whose `subject` is their name in lower case.
CREATE TABLE leeway.person (
  estate text NOT NULL,
  id text COLLATE "C" NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  email text,
  password text,
  groups json NOT NULL,
  grants json NOT NULL,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz,
  disabled_at timestamptz,
  PRIMARY KEY (estate, id)
);
CREATE UNIQUE INDEX person_subject ON leeway.person (estate, issuer, subject);

CREATE TABLE leeway.session (
  estate text NOT NULL,
  hash text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (estate, hash)
);
CREATE INDEX session_person ON leeway.session (estate, person);
CREATE INDEX session_expiry ON leeway.session (estate, expires_at);

-- `grants` of a machine token are those of its maker when it was made; a personal one has those its owner has.
CREATE TABLE leeway.token (
  estate text NOT NULL,
  id text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL,
  prefix text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('personal', 'machine')),
  owner text COLLATE "C" NOT NULL,
  name text NOT NULL,
  permissions json NOT NULL,
  environments json NOT NULL,
  grants json NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (estate, id)
);
CREATE UNIQUE INDEX token_hash ON leeway.token (estate, hash);

-- One-time links that make the first administrator.
CREATE TABLE leeway.set_up_link (
  estate text NOT NULL,
  hash text COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (estate, hash)
);

-- Only ever appended to. `hash` is over the entry and the hash of the one before (see src/audit/chain.ts), so that a
-- change is found even where somebody took the triggers away.
CREATE TABLE leeway.audit (
  estate text NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'machine', 'system', 'nobody')),
  action text NOT NULL,
  subject text,
  outcome text NOT NULL CHECK (outcome IN ('begun', 'done', 'refused', 'failed')),
  detail json NOT NULL,
  address text,
  request_id text,
  previous text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (estate, seq)
);
CREATE INDEX audit_request ON leeway.audit (estate, request_id);
CREATE INDEX audit_time ON leeway.audit (estate, at);

CREATE FUNCTION leeway.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only ever appended to';
END
$$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON leeway.audit
  FOR EACH ROW EXECUTE FUNCTION leeway.refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON leeway.audit
  FOR EACH STATEMENT EXECUTE FUNCTION leeway.refuse_change();
