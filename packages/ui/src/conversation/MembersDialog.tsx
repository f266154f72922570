/** Owns looking after a group: who is in it, adding and removing, its name, and leaving. The server decides; this offers. */
import type { ConversationItem } from '@natter/client';
import {
  type ErrorBody,
  type Member,
  may,
  removeAction,
  type User,
  type UserId,
} from '@natter/protocol';
import { useChatClient, useMe, usePresence } from '@natter/react';
import { useState } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { ConfirmDialog } from '../dialogs/ConfirmDialog.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { toggle } from '../people/NewConversationDialog.tsx';
import { PeoplePicker } from '../people/PeoplePicker.tsx';
import { errorBody } from '../people/usePeople.ts';
import { presenceText } from '../presence/presenceText.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';
import { GroupName } from './GroupName.tsx';
import { useMembers } from './useMembers.ts';

export interface MembersDialogProps {
  item: ConversationItem;
  onClose: () => void;
  onLeft: () => void;
}

export function MembersDialog({ item, onClose, onLeft }: MembersDialogProps) {
  const ui = useUi();
  const { texts } = ui;
  const { conversations } = useChatClient();
  const say = texts.conversation;
  const { id, kind } = item.conversation;
  const members = useMembers(id);
  const [mode, setMode] = useState<'list' | 'add'>('list');
  const [asking, setAsking] = useState<Member | 'leave' | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const allowed = (action: Parameters<typeof may>[2]) => may(kind, item.role, action);

  async function run(work: () => Promise<void>, then: () => void = members.reload) {
    setError(null);
    try {
      await work();
      then();
    } catch (cause) {
      setError(errorBody(cause));
    }
  }

  return (
    <Dialog title={mode === 'add' ? say.add : say.membersTitle} onClose={onClose}>
      {error !== null && (
        <p className="natter-form-error" role="alert">
          {errorText(error, ui)}
        </p>
      )}
      {mode === 'add' ? (
        <AddPeople
          without={new Set(members.members.map(({ userId }) => userId))}
          onCancel={() => setMode('list')}
          onAdd={(userIds) =>
            run(() => conversations.addMembers(id, userIds)).then(() => setMode('list'))
          }
        />
      ) : (
        <>
          {allowed('updateDetails') && (
            <GroupName item={item} onRename={(name) => run(() => conversations.rename(id, name))} />
          )}
          <div className="natter-people-results">
            {members.members.length === 0 && members.state === 'loading' && (
              <Spinner label={texts.common.loading} />
            )}
            {members.state === 'error' && (
              <Notice
                icon="alert"
                title={texts.newConversation.searchFailed}
                hint={members.error === null ? undefined : errorText(members.error, ui)}
                failure
              >
                <button type="button" className="natter-button" onClick={members.reload}>
                  {texts.common.retry}
                </button>
              </Notice>
            )}
            <ul aria-label={say.membersTitle}>
              {members.members.map((member) => (
                <MemberLine
                  key={member.userId}
                  member={member}
                  removable={allowed(removeAction(member.role))}
                  onRemove={setAsking}
                />
              ))}
            </ul>
            {members.next !== null && (
              <button type="button" className="natter-button" onClick={members.more}>
                {texts.common.loadMore}
              </button>
            )}
          </div>
          <footer className="natter-dialog-footer">
            {allowed('leave') && (
              <button
                type="button"
                className="natter-button natter-button-danger-quiet"
                onClick={() => setAsking('leave')}
              >
                {say.leave}
              </button>
            )}
            {allowed('addMember') && (
              <button
                type="button"
                className="natter-button natter-button-primary"
                onClick={() => setMode('add')}
              >
                {say.add}
              </button>
            )}
          </footer>
        </>
      )}
      {asking === 'leave' && (
        <ConfirmDialog
          title={say.leaveTitle}
          body={say.leaveBody}
          confirm={say.leaveConfirm}
          onClose={() => setAsking(null)}
          onConfirm={() => run(() => conversations.leave(id), onLeft)}
        />
      )}
      {asking !== null && asking !== 'leave' && (
        <ConfirmDialog
          title={say.removeTitle(asking.name)}
          body={say.removeBody}
          confirm={say.removeConfirm}
          onClose={() => setAsking(null)}
          onConfirm={() => run(() => conversations.removeMember(id, asking.userId))}
        />
      )}
    </Dialog>
  );
}

interface MemberLineProps {
  member: Member;
  removable: boolean;
  onRemove: (member: Member) => void;
}

function MemberLine({ member, removable, onRemove }: MemberLineProps) {
  const { texts, locale } = useUi();
  const me = useMe();
  const now = useNow(60_000);
  const presence = usePresence([member.userId]).get(member.userId);
  const isMe = member.userId === me?.userId;
  return (
    <li className="natter-person">
      <Avatar
        id={member.userId}
        name={member.name}
        picture={member.picture}
        size="small"
        online={presence?.online === true}
        silent
      />
      <span className="natter-person-text">
        <span className="natter-person-name natter-one-line" dir="auto">
          {isMe ? texts.conversation.yourself(member.name) : member.name}
        </span>
        <span className="natter-person-seen">
          {isMe ? '' : presenceText(presence, now, texts, locale)}
        </span>
      </span>
      <span className="natter-person-role">{texts.conversation.role[member.role]}</span>
      {removable && !isMe && (
        <IconButton
          icon="close"
          label={texts.conversation.remove(member.name)}
          onClick={() => onRemove(member)}
        />
      )}
    </li>
  );
}

interface AddPeopleProps {
  without: ReadonlySet<UserId>;
  onAdd: (userIds: readonly UserId[]) => void;
  onCancel: () => void;
}

function AddPeople({ without, onAdd, onCancel }: AddPeopleProps) {
  const { texts } = useUi();
  const [chosen, setChosen] = useState<ReadonlyMap<UserId, User>>(new Map());
  return (
    <>
      <PeoplePicker
        chosen={chosen}
        without={without}
        onPick={(user) => setChosen((before) => toggle(before, user))}
      />
      <footer className="natter-dialog-footer">
        <button type="button" className="natter-button" onClick={onCancel}>
          {texts.common.cancel}
        </button>
        <button
          type="button"
          className="natter-button natter-button-primary"
          disabled={chosen.size === 0}
          onClick={() => onAdd([...chosen.keys()])}
        >
          {texts.conversation.addChosen(chosen.size)}
        </button>
      </footer>
    </>
  );
}
