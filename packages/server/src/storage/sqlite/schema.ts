/**
 * Owns the tables. Conversations have a small integer key beside their id, since it stands in every row of members
 * and messages. A migration is never changed once released: add the next one.
 */
const first = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    last_seen_at INTEGER
  ) STRICT, WITHOUT ROWID;

  -- The normalised name from each of its words on, so that the start of any word is found by an index walk.
  -- The whole name is among them, marked, and gives the directory its order.
  CREATE TABLE user_names (
    part TEXT NOT NULL,
    user_id TEXT NOT NULL,
    whole INTEGER NOT NULL,
    PRIMARY KEY (part, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX user_names_by_user ON user_names (user_id, part);
  CREATE INDEX user_names_whole ON user_names (part, user_id) WHERE whole = 1;

  -- pair: both user ids of a direct conversation, sorted, with a space between.
  -- changed_at: the newest durable change or counted cursor move, by the database's clock.
  CREATE TABLE conversations (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'group')),
    version INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    member_count INTEGER NOT NULL,
    active_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    creator_id TEXT NOT NULL,
    name TEXT,
    pair TEXT UNIQUE
  ) STRICT;
  CREATE INDEX conversations_by_change ON conversations (changed_at);

  -- Somebody who left stays as a row, so that others learn of it; left_seq: the last seq they saw.
  -- changed_at: when a head of theirs changed on their own account: membership or read cursor.
  CREATE TABLE members (
    conversation INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    joined_at INTEGER NOT NULL,
    delivered_seq INTEGER NOT NULL,
    read_seq INTEGER NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    left_at INTEGER,
    left_seq INTEGER,
    PRIMARY KEY (conversation, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX members_by_user ON members (user_id, conversation) WHERE left_at IS NULL;
  CREATE INDEX members_by_change ON members (user_id, changed_at);
  CREATE INDEX members_by_version ON members (conversation, version);

  -- body_hash and created_version stay after an edit or deletion: they answer a repeat.
  CREATE TABLE messages (
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    deleted_at INTEGER,
    created_version INTEGER NOT NULL,
    body_hash BLOB NOT NULL,
    sender_name TEXT NOT NULL,
    attachments TEXT,
    content TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX messages_by_id ON messages (id);
  CREATE INDEX messages_by_version ON messages (conversation, version);
  CREATE INDEX messages_deleted ON messages (conversation, seq) WHERE deleted_at IS NOT NULL;

  -- gone_at: when the message it was sent with was deleted.
  CREATE TABLE files (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL,
    conversation INTEGER,
    message_id TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('image', 'file')),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    thumbhash TEXT,
    created_at INTEGER NOT NULL,
    gone_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX files_unsent ON files (created_at) WHERE message_id IS NULL;
  CREATE INDEX files_gone ON files (gone_at) WHERE gone_at IS NOT NULL;
  CREATE INDEX files_by_message ON files (message_id) WHERE message_id IS NOT NULL;
`;

/** cursor_version: grows with cursor moves of members, which then count as a change of the conversation. */
const second = `
  ALTER TABLE conversations ADD COLUMN cursor_version INTEGER NOT NULL DEFAULT 0;
`;

/**
 * name_chosen: the name is the person's own choice, not the token's. files.picture: what it is shown as the picture of,
 * its owner or its conversation; it stays when the picture was replaced, and gone_at then says when.
 */
const third = `
  ALTER TABLE users ADD COLUMN picture TEXT;
  ALTER TABLE users ADD COLUMN name_chosen INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversations ADD COLUMN picture TEXT;
  ALTER TABLE files ADD COLUMN picture TEXT CHECK (picture IN ('user', 'group'));
  DROP INDEX files_unsent;
  CREATE INDEX files_unsent ON files (created_at) WHERE message_id IS NULL AND picture IS NULL;
`;

/**
 * system: what changed, as JSON; null for what somebody wrote. Unread are all after a read cursor but those that are
 * deleted or nobody wrote: both are in one index.
 */
const fourth = `
  ALTER TABLE messages ADD COLUMN system TEXT;
  DROP INDEX messages_deleted;
  CREATE INDEX messages_uncounted ON messages (conversation, seq)
    WHERE deleted_at IS NOT NULL OR system IS NOT NULL;
`;

/** kind: whose `id` it is, a person's or a token's. at: when it was revoked last. */
const fifth = `
  CREATE TABLE revocations (
    kind TEXT NOT NULL CHECK (kind IN ('user', 'token')),
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX revocations_by_time ON revocations (at);
`;

/** The nth brings a database from version n to n + 1. */
export const migrations: readonly string[] = [first, second, third, fourth, fifth];
