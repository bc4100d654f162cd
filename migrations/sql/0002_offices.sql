-- Offices: one-time links, employment and tiers, what was read and asked in the course.

-- +goose Up
-- version counts every change of a person; last_seen_at moves with sign-ins and refreshes. An empty password_hash is a
-- person who was invited and has no password yet.
ALTER TABLE people ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE people ADD COLUMN last_seen_at {{time}};

-- A link is a credential: only its hash is kept. Used, revoked or run out, it is worth nothing.
CREATE TABLE person_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id  {{key}} NOT NULL REFERENCES people (id),
    kind       TEXT NOT NULL CHECK (kind IN ('first', 'reset')),
    created_by TEXT NOT NULL,
    created_at {{time}} NOT NULL,
    expires_at {{time}} NOT NULL,
    used_at    {{time}},
    revoked_at {{time}}
);
CREATE INDEX person_links_person ON person_links (person_id);

-- Days are calendar days of the shop, YYYY-MM-DD; to_day is the last day and empty while the person is employed.
CREATE TABLE employment_spells (
    id          {{key}} NOT NULL PRIMARY KEY,
    person_id   {{key}} NOT NULL REFERENCES people (id),
    from_day    TEXT NOT NULL,
    to_day      TEXT,
    recorded_by TEXT NOT NULL,
    recorded_at {{time}} NOT NULL
);
CREATE UNIQUE INDEX employment_spells_from ON employment_spells (person_id, from_day);

CREATE TABLE tier_grants (
    id          {{key}} NOT NULL PRIMARY KEY,
    person_id   {{key}} NOT NULL REFERENCES people (id),
    tier        TEXT NOT NULL CHECK (tier IN ('junior', 'intermediate', 'senior')),
    on_day      TEXT NOT NULL,
    origin      TEXT NOT NULL CHECK (origin IN ('past', 'decision')),
    evidence    TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at {{time}} NOT NULL
);
CREATE UNIQUE INDEX tier_grants_day ON tier_grants (person_id, tier, on_day);

CREATE TABLE lesson_reads (
    person_id {{key}} NOT NULL REFERENCES people (id),
    lesson_id TEXT NOT NULL,
    read_at   {{time}} NOT NULL,
    PRIMARY KEY (person_id, lesson_id)
);

CREATE TABLE quiz_attempts (
    id            {{key}} NOT NULL PRIMARY KEY,
    person_id     {{key}} NOT NULL REFERENCES people (id),
    chapter_id    TEXT NOT NULL,
    bundle_digest TEXT NOT NULL REFERENCES shelf_bundles (digest),
    questions     {{json}} NOT NULL,
    answers       {{json}},
    started_at    {{time}} NOT NULL,
    submitted_at  {{time}},
    percent       INTEGER,
    passed        BOOLEAN
);
CREATE INDEX quiz_attempts_person ON quiz_attempts (person_id, chapter_id);
CREATE UNIQUE INDEX quiz_attempts_open ON quiz_attempts (person_id, chapter_id) WHERE submitted_at IS NULL;

-- +goose Down
DROP TABLE quiz_attempts;
DROP TABLE lesson_reads;
DROP TABLE tier_grants;
DROP TABLE employment_spells;
DROP TABLE person_links;
ALTER TABLE people DROP COLUMN last_seen_at;
ALTER TABLE people DROP COLUMN version;
