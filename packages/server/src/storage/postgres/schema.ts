/**
 * Owns the tables. Keys of what belongs to a conversation lead with its id. A migration is never changed once
 * released: add the next one. While it runs, nodes of the version before still read and write: it may add, with
 * defaults, and neither rewrite nor rename.
 */
const first = `
  CREATE TABLE natter.users (
    id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    last_seen_at bigint,
    picture uuid,
    -- The name is the person's own choice, not the token's.
    name_chosen boolean NOT NULL DEFAULT false
  );

  -- The normalised name from each of its words on, so that the start of any word is found by an index walk.
  -- The whole name is among them, marked, and gives the directory its order.
  CREATE TABLE natter.user_names (
    part text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    whole boolean NOT NULL,
    PRIMARY KEY (part, user_id)
  );
  CREATE INDEX user_names_by_user ON natter.user_names (user_id, part);
  CREATE INDEX user_names_whole ON natter.user_names (part, user_id) WHERE whole;

  -- pair: both user ids of a direct conversation, sorted, with a space between.
  -- changed_at: the newest durable change or counted cursor move, by the database's clock.
  -- cursor_version: grows with cursor moves of members, which then count as a change of the conversation.
  CREATE TABLE natter.conversations (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('direct', 'group')),
    version bigint NOT NULL,
    cursor_version bigint NOT NULL DEFAULT 0,
    last_seq bigint NOT NULL,
    member_count integer NOT NULL,
    active_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    created_at bigint NOT NULL,
    creator_id text COLLATE "C" NOT NULL,
    name text,
    picture uuid,
    pair text COLLATE "C" UNIQUE
  );
  CREATE INDEX conversations_by_change ON natter.conversations (changed_at);

  -- Somebody who left stays as a row, so that others learn of it; left_seq: the last seq they saw.
  -- changed_at: when a head of theirs changed on their own account: membership or read cursor.
  CREATE TABLE natter.members (
    conversation_id uuid NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    joined_at bigint NOT NULL,
    delivered_seq bigint NOT NULL,
    read_seq bigint NOT NULL,
    version bigint NOT NULL,
    changed_at bigint NOT NULL,
    left_at bigint,
    left_seq bigint,
    PRIMARY KEY (conversation_id, user_id)
  );
  CREATE INDEX members_by_user ON natter.members (user_id, conversation_id) WHERE left_at IS NULL;
  CREATE INDEX members_by_change ON natter.members (user_id, changed_at);
  CREATE INDEX members_by_version ON natter.members (conversation_id, version);
  CREATE INDEX members_owners ON natter.members (conversation_id, user_id)
    WHERE role = 'owner' AND left_at IS NULL;

  -- body_hash and created_version stay after an edit or deletion: they answer a repeat.
  -- system: what changed, as JSON; null for what somebody wrote. Unread are all after a read cursor but those that are
  -- deleted or nobody wrote: both are in one index.
  CREATE TABLE natter.messages (
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    id uuid NOT NULL,
    sender_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    created_at bigint NOT NULL,
    edited_at bigint,
    deleted_at bigint,
    created_version bigint NOT NULL,
    body_hash bytea NOT NULL,
    sender_name text NOT NULL,
    attachments text,
    system text,
    content text NOT NULL,
    PRIMARY KEY (conversation_id, seq)
  );
  CREATE UNIQUE INDEX messages_by_id ON natter.messages (id);
  CREATE INDEX messages_by_version ON natter.messages (conversation_id, version);
  CREATE INDEX messages_uncounted ON natter.messages (conversation_id, seq)
    WHERE deleted_at IS NOT NULL OR system IS NOT NULL;

  -- picture: what it is shown as the picture of; it stays when the picture was replaced.
  -- gone_at: when the message it was sent with was deleted, or the picture replaced.
  CREATE TABLE natter.files (
    id uuid PRIMARY KEY,
    owner_id text COLLATE "C" NOT NULL,
    conversation_id uuid,
    message_id uuid,
    kind text NOT NULL CHECK (kind IN ('image', 'file')),
    name text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    width integer,
    height integer,
    thumbhash text,
    created_at bigint NOT NULL,
    gone_at bigint,
    picture text CHECK (picture IN ('user', 'group'))
  );
  CREATE INDEX files_unsent ON natter.files (created_at) WHERE message_id IS NULL AND picture IS NULL;
  CREATE INDEX files_gone ON natter.files (gone_at) WHERE gone_at IS NOT NULL;
  CREATE INDEX files_by_message ON natter.files (message_id) WHERE message_id IS NOT NULL;
`;

/** kind: whose `id` it is, a person's or a token's. at: when it was revoked last. */
const second = `
  CREATE TABLE natter.revocations (
    kind text NOT NULL CHECK (kind IN ('user', 'token')),
    id text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (kind, id)
  );
  CREATE INDEX revocations_by_time ON natter.revocations (at);
`;

/** The nth brings a database from version n to n + 1. */
export const migrations: readonly string[] = [first, second];
