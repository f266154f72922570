/** Names every command, so that one can be sent to where the writer runs. */
import type { Storage } from '../../contract.ts';
import { createConversation, updateConversation } from './conversations.ts';
import { moveCursors } from './cursors.ts';
import { deleteUnsentFiles, saveFile } from './files.ts';
import { addMembers, removeMember } from './members.ts';
import { type Appended, appendMessage, deleteMessage, editMessage } from './messages.ts';
import { saveRevocation } from './revocations.ts';
import type { Transaction } from './transaction.ts';
import { saveUser, setLastSeen, updateProfile } from './users.ts';

export type CommandName =
  | 'saveUser'
  | 'updateProfile'
  | 'setLastSeen'
  | 'createConversation'
  | 'updateConversation'
  | 'addMembers'
  | 'removeMember'
  | 'appendMessage'
  | 'editMessage'
  | 'deleteMessage'
  | 'moveCursors'
  | 'saveFile'
  | 'deleteUnsentFiles'
  | 'saveRevocation';

export type CommandArguments<Name extends CommandName> = Parameters<Storage[Name]>;
/** What the writer answers; of a message only what its sender did not say. */
export type CommandResult<Name extends CommandName> = Name extends 'appendMessage'
  ? Appended
  : Awaited<ReturnType<Storage[Name]>>;

type Commands = {
  [Name in CommandName]: (tx: Transaction, ...args: CommandArguments<Name>) => CommandResult<Name>;
};

const commands: Commands = {
  saveUser,
  updateProfile,
  setLastSeen,
  createConversation,
  updateConversation,
  addMembers,
  removeMember,
  appendMessage,
  editMessage,
  deleteMessage,
  moveCursors,
  saveFile,
  deleteUnsentFiles,
  saveRevocation,
};

/** A command on its way; `args` are those of the method of that name. */
export type Call = {
  [Name in CommandName]: { name: Name; args: CommandArguments<Name> };
}[CommandName];

export function runCommand(tx: Transaction, call: Call): unknown {
  const command = commands[call.name] as (tx: Transaction, ...args: unknown[]) => unknown;
  return command(tx, ...call.args);
}
