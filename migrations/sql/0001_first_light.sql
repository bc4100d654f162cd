-- First light: people and their login sessions, the journal, the shelf, chats and scorecards.
--
-- {{key}}   an id (UUIDv7)             {{time}}  a moment in UTC, microseconds
-- {{json}}  a JSON text, kept byte for byte   {{bytes}} raw bytes

-- +goose Up
CREATE TABLE people (
    id              {{key}} NOT NULL PRIMARY KEY,
    login           TEXT NOT NULL,
    name            TEXT NOT NULL,
    password_hash   TEXT NOT NULL,
    tier            TEXT NOT NULL DEFAULT 'none',
    session_version INTEGER NOT NULL DEFAULT 1,
    disabled_at     {{time}},
    created_at      {{time}} NOT NULL
);
CREATE UNIQUE INDEX people_login ON people (login);

CREATE TABLE roles (
    person_id {{key}} NOT NULL REFERENCES people (id),
    role      TEXT NOT NULL CHECK (role IN ('trainee', 'supervisor', 'hr', 'admin')),
    PRIMARY KEY (person_id, role)
);

CREATE TABLE teams (
    id   {{key}} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);
CREATE UNIQUE INDEX teams_name ON teams (name);

CREATE TABLE team_members (
    team_id   {{key}} NOT NULL REFERENCES teams (id),
    person_id {{key}} NOT NULL REFERENCES people (id),
    PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_members_person ON team_members (person_id);

-- One row per sign-in; its id is the family of all refresh tokens that descend from it.
CREATE TABLE login_sessions (
    id            {{key}} NOT NULL PRIMARY KEY,
    person_id     {{key}} NOT NULL REFERENCES people (id),
    seed          TEXT NOT NULL,
    created_at    {{time}} NOT NULL,
    last_used_at  {{time}} NOT NULL,
    revoked_at    {{time}},
    revoke_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX login_sessions_person ON login_sessions (person_id);

CREATE TABLE refresh_tokens (
    token_hash     TEXT NOT NULL PRIMARY KEY,
    session_id     {{key}} NOT NULL REFERENCES login_sessions (id),
    generation     INTEGER NOT NULL,
    issued_at      {{time}} NOT NULL,
    expires_at     {{time}} NOT NULL,
    used_at        {{time}},
    successor_hash TEXT
);
CREATE UNIQUE INDEX refresh_tokens_generation ON refresh_tokens (session_id, generation);

-- One row per password check that still counts; a bucket is an account, a known device or an address, hashed.
CREATE TABLE sign_in_attempts (
    id     {{key}} NOT NULL,
    bucket TEXT NOT NULL,
    at     {{time}} NOT NULL,
    PRIMARY KEY (id, bucket)
);
CREATE INDEX sign_in_attempts_bucket ON sign_in_attempts (bucket, at);
CREATE INDEX sign_in_attempts_at ON sign_in_attempts (at);

-- One hash chain per subject; the head row makes a cut tail visible.
CREATE TABLE audit_entries (
    id            {{key}} NOT NULL PRIMARY KEY,
    subject       TEXT NOT NULL,
    seq           INTEGER NOT NULL,
    at            {{time}} NOT NULL,
    actor_id      TEXT NOT NULL,
    act           TEXT NOT NULL,
    object        TEXT NOT NULL,
    payload_hash  TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash          TEXT NOT NULL
);
CREATE UNIQUE INDEX audit_entries_subject ON audit_entries (subject, seq);

CREATE TABLE audit_heads (
    subject TEXT NOT NULL PRIMARY KEY,
    seq     INTEGER NOT NULL,
    hash    TEXT NOT NULL
);

-- Personal payloads can be erased without breaking a chain: the row stays, salt and payload go.
CREATE TABLE audit_payloads (
    entry_id  {{key}} NOT NULL PRIMARY KEY REFERENCES audit_entries (id),
    salt      TEXT,
    payload   {{json}},
    erased_at {{time}}
);

CREATE TABLE idempotency_keys (
    actor_id     {{key}} NOT NULL,
    operation    TEXT NOT NULL,
    key          TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    response     {{json}} NOT NULL,
    created_at   {{time}} NOT NULL,
    PRIMARY KEY (actor_id, operation, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

CREATE TABLE shelf_items (
    kind         TEXT NOT NULL,
    id           TEXT NOT NULL,
    version      INTEGER NOT NULL,
    digest       TEXT NOT NULL,
    origin       TEXT NOT NULL,
    path         TEXT NOT NULL,
    body         {{bytes}} NOT NULL,
    installed_at {{time}} NOT NULL,
    PRIMARY KEY (kind, id, version, digest, origin)
);
CREATE INDEX shelf_items_digest ON shelf_items (digest);

CREATE TABLE shelf_bundles (
    digest       TEXT NOT NULL PRIMARY KEY,
    items        {{json}} NOT NULL,
    activated_at {{time}}
);

CREATE TABLE chats (
    id             {{key}} NOT NULL PRIMARY KEY,
    person_id      {{key}} NOT NULL REFERENCES people (id),
    scenario_id    TEXT NOT NULL,
    scenario_title TEXT NOT NULL,
    stage          TEXT NOT NULL,
    mode           TEXT NOT NULL,
    status         TEXT NOT NULL,
    outcome        TEXT,
    seed           BIGINT NOT NULL,
    version        INTEGER NOT NULL,
    state          {{json}} NOT NULL,
    bundle_digest  TEXT NOT NULL REFERENCES shelf_bundles (digest),
    started_at     {{time}} NOT NULL,
    ended_at       {{time}},
    next_due_at    {{time}},
    last_seq       INTEGER NOT NULL,
    total          INTEGER,
    passed         BOOLEAN
);
CREATE INDEX chats_person ON chats (person_id, started_at DESC, id DESC);
CREATE INDEX chats_due ON chats (status, next_due_at);

CREATE TABLE chat_messages (
    id                {{key}} NOT NULL PRIMARY KEY,
    chat_id           {{key}} NOT NULL REFERENCES chats (id),
    seq               INTEGER NOT NULL,
    role              TEXT NOT NULL,
    text              TEXT NOT NULL,
    at                {{time}} NOT NULL,
    crossed           BOOLEAN NOT NULL,
    client_message_id TEXT,
    mood              INTEGER NOT NULL
);
CREATE UNIQUE INDEX chat_messages_seq ON chat_messages (chat_id, seq);
CREATE UNIQUE INDEX chat_messages_client ON chat_messages (chat_id, client_message_id);

CREATE TABLE scorecards (
    id                {{key}} NOT NULL PRIMARY KEY,
    chat_id           {{key}} NOT NULL REFERENCES chats (id),
    version           INTEGER NOT NULL,
    engine            INTEGER NOT NULL,
    total             INTEGER NOT NULL,
    passed            BOOLEAN NOT NULL,
    body              {{json}} NOT NULL,
    transcript_digest TEXT NOT NULL,
    created_at        {{time}} NOT NULL
);
CREATE UNIQUE INDEX scorecards_version ON scorecards (chat_id, version);

-- +goose Down
DROP TABLE scorecards;
DROP TABLE chat_messages;
DROP TABLE chats;
DROP TABLE shelf_bundles;
DROP TABLE shelf_items;
DROP TABLE idempotency_keys;
DROP TABLE audit_payloads;
DROP TABLE audit_heads;
DROP TABLE audit_entries;
DROP TABLE sign_in_attempts;
DROP TABLE refresh_tokens;
DROP TABLE login_sessions;
DROP TABLE team_members;
DROP TABLE teams;
DROP TABLE roles;
DROP TABLE people;
