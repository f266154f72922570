/** Owns every bound of the wire. A server may lower some of them and says so in the reply to `hello`. */
export const limits = {
  frameBytesMax: 65_536,
  contentCharactersMax: 16_384,
  attachmentsMax: 10,
  nameCharactersMax: 120,
  fileNameCharactersMax: 255,
  uploadBytesMax: 26_214_400,
  imagePixelsMax: 50_000_000,
  membersMax: 100_000,
  /** Above this many members nothing may cost members × members (LARGE). */
  largeConversationMembers: 100,
  membersPerRequestMax: 100,
  pageSizeDefault: 50,
  pageSizeMax: 100,
  idsPerRequestMax: 100,
  watchedConversationsMax: 20,
  watchedUsersMax: 500,
  headsPerPageMax: 200,
  changesPerPageMax: 200,
  /** Beyond this many changed rows `getChanges` answers `tooFar`. */
  changesMax: 1_000,
  unreadCountMax: 1_000,
  tokenCharactersMax: 8_192,
  cursorCharactersMax: 256,
} as const;

/** People whom one system line names; it counts the rest. No side chooses it, so `hello` does not tell it. */
export const systemNamesMax = 10;

/** Times both sides keep to, in milliseconds. */
export const timings = {
  helloTimeoutMs: 10_000,
  heartbeatMs: 25_000,
  silenceMs: 35_000,
  heartbeatGraceMs: 10_000,
  holeTimeoutMs: 500,
  typingRepeatMs: 3_000,
  typingExpiryMs: 5_000,
  offlineDelayMs: 10_000,
  cursorGatherMs: 1_000,
} as const;

/** The bounds a server tells its clients in the reply to `hello`. */
export type Limits = { readonly [Name in keyof typeof limits]: number };
