/** Owns the number that both sides compare. It changes whenever a schema does (`schemas.test.ts` holds that). */
export const protocolVersion = 1;

/** The WebSocket subprotocol a client offers and a server accepts. */
export const subprotocol = 'natter.v1';
