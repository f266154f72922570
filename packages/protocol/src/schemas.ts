/** The schemas (TypeBox, hence JSON Schema) of every method, event and frame. For servers, tools and tests. */
export * from './schemas/common.ts';
export * from './schemas/conversations.ts';
export * from './schemas/events.ts';
export * from './schemas/frames.ts';
export * from './schemas/messages.ts';
export { type Method, methods, type Params, type Result } from './schemas/methods.ts';
export * from './schemas/presence.ts';
export * from './schemas/receipts.ts';
export * from './schemas/sync.ts';
export * from './schemas/typing.ts';
export * from './schemas/users.ts';
