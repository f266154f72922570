/** Names every command, and says what one waits behind and whether it may be repeated. */
import { unreachable } from '@natter/protocol';
import type { Storage } from '../../contract.ts';
import { createConversation, updateConversation } from './conversations.ts';
import { deleteUnsentFiles, saveFile } from './files.ts';
import { addMembers, removeMember } from './members.ts';
import { deleteMessage, editMessage } from './messages.ts';
import { saveRevocation } from './revocations.ts';
import type { World } from './transaction.ts';
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
export type CommandResult<Name extends CommandName> = Awaited<ReturnType<Storage[Name]>>;

/** A command on its way; `args` are those of the method of that name. */
export type Call = {
  [Name in CommandName]: { name: Name; args: CommandArguments<Name> };
}[CommandName];
export type CallOf<Name extends CommandName> = Extract<Call, { name: Name }>;
/** One that is a transaction of its own. */
export type LoneCall = Exclude<Call, { name: 'appendMessage' | 'moveCursors' }>;

export function runAlone(world: World, call: LoneCall): Promise<unknown> {
  switch (call.name) {
    case 'saveUser':
      return saveUser(world, ...call.args);
    case 'updateProfile':
      return updateProfile(world, ...call.args);
    case 'setLastSeen':
      return setLastSeen(world, ...call.args);
    case 'createConversation':
      return createConversation(world, ...call.args);
    case 'updateConversation':
      return updateConversation(world, ...call.args);
    case 'addMembers':
      return addMembers(world, ...call.args);
    case 'removeMember':
      return removeMember(world, ...call.args);
    case 'editMessage':
      return editMessage(world, ...call.args);
    case 'deleteMessage':
      return deleteMessage(world, ...call.args);
    case 'saveFile':
      return saveFile(world, ...call.args);
    case 'deleteUnsentFiles':
      return deleteUnsentFiles(world, ...call.args);
    case 'saveRevocation':
      return saveRevocation(world, ...call.args);
    default:
      return unreachable(call);
  }
}

/** Commands of one subject are done in their order: a conversation, a person, or what is no one's. */
export function subjectOf(call: Call): string {
  switch (call.name) {
    case 'createConversation':
      return call.args[0].id;
    case 'updateConversation':
    case 'addMembers':
    case 'removeMember':
    case 'appendMessage':
    case 'editMessage':
    case 'deleteMessage':
      return call.args[0].conversationId;
    case 'saveUser':
      return call.args[0].id;
    case 'updateProfile':
      return call.args[0].userId;
    case 'setLastSeen':
      return call.args[0];
    case 'saveFile':
      return call.args[0].fileId;
    case 'moveCursors':
    case 'deleteUnsentFiles':
    case 'saveRevocation':
      return call.name;
    default:
      return unreachable(call);
  }
}

/** Whether doing it again when it is done already gives the same answer, or one that is as good. */
export function mayRepeat(call: Call): boolean {
  switch (call.name) {
    case 'deleteUnsentFiles':
      // Would not name what the first time has deleted.
      return false;
    case 'removeMember':
      // Who has left is no member who could leave.
      return call.args[0].actorId !== call.args[0].userId;
    default:
      return true;
  }
}
