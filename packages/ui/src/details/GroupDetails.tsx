/** Owns looking after a group: its name and picture, who is in it with which role, and leaving. The server decides; this offers. */
import type { ConversationItem } from '@natter/client';
import { type Action, type ErrorBody, may, type User, type UserId } from '@natter/protocol';
import { useChatClient, useMe } from '@natter/react';
import { useEffect, useRef, useState } from 'react';
import { ConfirmDialog } from '../dialogs/ConfirmDialog.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { NameEditor } from '../identity/NameEditor.tsx';
import { PictureEditor } from '../identity/PictureEditor.tsx';
import { Saved, useSaved } from '../identity/Saved.tsx';
import { toggle } from '../people/NewConversationDialog.tsx';
import { PeoplePicker } from '../people/PeoplePicker.tsx';
import { errorBody } from '../people/usePeople.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import type { Texts } from '../texts/english.ts';
import { errorText } from '../texts/errorText.ts';
import { MemberList } from './MemberList.tsx';
import type { MemberChange } from './MemberRow.tsx';
import { MuteSwitch, type Muting } from './MuteSwitch.tsx';
import { heirOf } from './offeredChanges.ts';
import { type Members, useMembers } from './useMembers.ts';

export interface GroupDetailsProps extends Muting {
  item: ConversationItem;
  onClose: () => void;
  onLeft?: (() => void) | undefined;
}

export function GroupDetails({ item, onClose, onLeft, ...muting }: GroupDetailsProps) {
  const ui = useUi();
  const { texts } = ui;
  const say = texts.details;
  const { conversations } = useChatClient();
  const me = useMe();
  const { conversation, role, title } = item;
  const { id, memberCount } = conversation;
  const members = useMembers(id);
  const saved = useSaved();
  const scroller = useRef<HTMLDivElement>(null);
  const above = useRef<HTMLDivElement>(null);
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState<MemberChange | 'leave' | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [done, setDone] = useState('');
  const addButton = useFocusOnReturn(adding);
  const allowed = (action: Action) => may('group', role, action);

  async function run(work: () => Promise<void>, then: () => void): Promise<void> {
    setError(null);
    setDone('');
    try {
      await work();
      then();
    } catch (cause) {
      setError(errorBody(cause));
    }
  }

  function apply(change: MemberChange): void {
    const { member } = change;
    if (change.kind === 'role')
      void run(
        () => conversations.setRole(id, member.userId, change.role),
        () => setDone(say.roleGiven[change.role](member.name)),
      );
    else
      void run(
        () => conversations.removeMember(id, member.userId),
        () => {
          setDone(say.removed(member.name));
          // The button that asked for it is gone.
          scroller.current?.focus();
        },
      );
  }

  /** Not to be taken back by whoever does it. */
  const isGrave = (change: MemberChange) =>
    change.kind === 'remove' || change.role === 'owner' || change.member.userId === me?.userId;

  if (adding)
    return (
      <Dialog title={say.add} onClose={onClose} onBack={() => setAdding(false)}>
        <AddPeople
          without={new Set(members.members.map(({ userId }) => userId))}
          error={error}
          onAdd={(userIds) =>
            run(
              () => conversations.addMembers(id, userIds),
              () => setAdding(false),
            )
          }
        />
      </Dialog>
    );
  return (
    <Dialog title={say.group} onClose={onClose}>
      {/* It takes the focus of a row that is gone. */}
      <div ref={scroller} className="natter-about" tabIndex={-1}>
        <div className="natter-identity">
          <PictureEditor
            id={id}
            name={title}
            picture={conversation.picture}
            group
            onSave={
              allowed('updateDetails')
                ? async (picture, onProgress) => {
                    await conversations.update(id, { picture }, onProgress);
                    saved.onSaved();
                  }
                : undefined
            }
          />
          <NameEditor
            name={title}
            label={texts.newConversation.groupName}
            onSave={
              allowed('updateDetails') ? (name) => conversations.update(id, { name }) : undefined
            }
            onSaved={saved.onSaved}
          />
          <Saved count={saved.count} />
        </div>
        <MuteSwitch {...muting} />
        <MemberList
          members={members}
          memberCount={memberCount}
          myRole={role}
          scroller={scroller}
          above={above}
          onChange={(change) => (isGrave(change) ? setAsking(change) : apply(change))}
        />
      </div>
      {error !== null && (
        <p className="natter-form-error" role="alert">
          {errorText(error, ui)}
        </p>
      )}
      <p className="natter-visually-hidden" role="status">
        {done}
      </p>
      <footer className="natter-dialog-footer natter-about-footer">
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
            ref={addButton}
            type="button"
            className="natter-button natter-button-primary"
            onClick={() => {
              setError(null);
              setAdding(true);
            }}
          >
            {say.add}
          </button>
        )}
      </footer>
      {asking === 'leave' && me !== null && (
        <ConfirmDialog
          title={say.leaveTitle}
          body={leaveBody(members, me.userId, memberCount, say)}
          confirm={say.leaveConfirm}
          onClose={() => setAsking(null)}
          onConfirm={() =>
            void run(
              () => conversations.leave(id),
              () => {
                onClose();
                onLeft?.();
              },
            )
          }
        />
      )}
      {asking !== null && asking !== 'leave' && (
        <ConfirmDialog
          {...questionOf(asking, me?.userId, say)}
          onClose={() => setAsking(null)}
          onConfirm={() => apply(asking)}
        />
      )}
    </Dialog>
  );
}

/** Whoever was away comes back to the button that they went by. */
function useFocusOnReturn(isAway: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const wasAway = useRef(false);
  useEffect(() => {
    if (wasAway.current && !isAway) button.current?.focus();
    wasAway.current = isAway;
  }, [isAway]);
  return button;
}

/** What becomes of the group when its last owner leaves is said before. */
function leaveBody(
  { members, next }: Members,
  myId: UserId,
  memberCount: number,
  say: Texts['details'],
): string {
  if (memberCount === 1) return say.leaveAlone;
  const owners = members.filter(({ role }) => role === 'owner');
  if (owners.some(({ userId }) => userId !== myId)) return say.leaveBody;
  if (next !== null) return `${say.leaveBody} ${say.leaveOwner}`;
  const heir = owners.length === 0 ? null : heirOf(members, myId);
  return heir === null ? say.leaveBody : `${say.leaveBody} ${say.leaveHeir(heir.name)}`;
}

function questionOf(change: MemberChange, myId: UserId | undefined, say: Texts['details']) {
  const { name, userId } = change.member;
  if (change.kind === 'remove')
    return { title: say.removeTitle(name), body: say.removeBody, confirm: say.removeConfirm };
  if (userId === myId)
    return {
      title: say.stepDownTitle,
      body: say.stepDownBody,
      confirm: change.role === 'owner' ? say.make.owner : say.stepDown[change.role],
    };
  return { title: say.ownerTitle(name), body: say.ownerBody, confirm: say.make.owner };
}

interface AddPeopleProps {
  without: ReadonlySet<UserId>;
  error: ErrorBody | null;
  onAdd: (userIds: readonly UserId[]) => Promise<void>;
}

function AddPeople({ without, error, onAdd }: AddPeopleProps) {
  const ui = useUi();
  const say = ui.texts.details;
  const [chosen, setChosen] = useState<ReadonlyMap<UserId, User>>(new Map());
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={place} className="natter-add-people">
      <PeoplePicker
        chosen={chosen}
        without={without}
        disabled={busy}
        onPick={(user) => setChosen((before) => toggle(before, user))}
      />
      {error !== null && (
        <p className="natter-form-error" role="alert">
          {errorText(error, ui)}
        </p>
      )}
      <footer className="natter-dialog-footer">
        <button
          type="button"
          className="natter-button natter-button-primary"
          disabled={chosen.size === 0 || busy}
          onClick={async () => {
            setBusy(true);
            await onAdd([...chosen.keys()]);
            setBusy(false);
          }}
        >
          {say.addChosen(chosen.size)}
        </button>
      </footer>
    </div>
  );
}
