/** Owns calling for attention: title, icons, notifications and the tone; and the quiet line that offers notifications. */
import { type ConversationId, isUnread, type ServerEvent } from '@natter/protocol';
import { useChatClient, useChatEvents, useConversations, useMe } from '@natter/react';
import { contentText, systemClock, useUi } from '@natter/ui';
import { useEffect, useRef, useState } from 'react';
import { useLastingStorage } from '../offline/lastingStorage.ts';
import { answerPresses } from '../offline/press.ts';
import { readNotificationState } from '../settings/notificationPermission.ts';
import { useSettings } from '../settings/settings.ts';
import { useTexts } from '../texts/language.ts';
import { showBadge } from './badge.ts';
import { decide } from './decide.ts';
import { createNotices, type Notices } from './notices.ts';
import { type AttentionTabs, createAttentionTabs } from './tabs.ts';
import { playTone } from './tone.ts';

export interface AttentionProps {
  openId: ConversationId | null;
  mutedIds: ReadonlySet<ConversationId>;
  onOpen: (id: ConversationId) => void;
}

export function Attention({ openId, mutedIds, onOpen }: AttentionProps) {
  const texts = useTexts();
  const { texts: kit } = useUi();
  const client = useChatClient();
  const { items } = useConversations();
  const userId = useMe()?.userId ?? null;
  const { notifications, sound, change } = useSettings();
  const [offered, setOffered] = useState(false);
  const tabs = useTabs(userId, openId);
  const notices = useNotices(userId, onOpen);
  const toneAt = useRef<number | null>(null);
  useLastingStorage();

  const unread = items.reduce(
    (sum, { conversation, unreadCount }) =>
      mutedIds.has(conversation.id) ? sum : sum + unreadCount,
    0,
  );
  useEffect(() => {
    document.title = texts.title(unread);
    showBadge(unread, document);
    return () => {
      document.title = texts.name;
      showBadge(0, document);
    };
  }, [unread, texts]);

  useEffect(() => {
    notices.current?.closeRead((id) => (client.conversations.get(id)?.unreadCount ?? 0) === 0);
  });

  async function arrive(event: ServerEvent) {
    if (event.type !== 'newMessage' || userId === null || tabs.current === null) return;
    const { message, conversationId } = event;
    const { isInView, reading } = await tabs.current.look();
    const item = client.conversations.get(conversationId);
    const now = systemClock.now();
    const {
      notify,
      sound: sounds,
      offer,
    } = decide({
      isUnread: isUnread(message, userId, item?.readSeq ?? 0),
      isMuted: mutedIds.has(conversationId),
      isInView,
      isBeingRead: reading.has(conversationId),
      speaks: tabs.current?.speaks() === true,
      wants: { notifications, sound },
      permission: readNotificationState(),
      sinceToneMs: toneAt.current === null ? null : now - toneAt.current,
    });
    if (offer) setOffered(true);
    if (notify) {
      const text = contentText(message, kit);
      const isGroup = item?.conversation.kind === 'group';
      const body = isGroup ? kit.conversations.prefixed(message.senderName, text) : text;
      void notices.current?.show(
        conversationId,
        item?.title ?? message.senderName,
        body.slice(0, 200),
      );
    }
    if (sounds) {
      toneAt.current = now;
      playTone();
    }
  }
  useChatEvents((event) => void arrive(event));

  if (!offered || !notifications || readNotificationState() !== 'default') return null;
  return (
    <div className="natter-banner" role="status" aria-label={texts.attention.label}>
      <span>{texts.attention.offer}</span>
      <button
        type="button"
        className="natter-banner-button"
        onClick={() => void Notification.requestPermission().finally(() => setOffered(false))}
      >
        {texts.attention.turnOn}
      </button>
      <button
        type="button"
        className="natter-banner-button"
        onClick={() => change({ notifications: false })}
      >
        {texts.attention.notNow}
      </button>
    </div>
  );
}

/** Those of this person, and what becomes of a press on one. */
function useNotices(userId: string | null, onOpen: AttentionProps['onOpen']) {
  const notices = useRef<Notices | null>(null);
  useEffect(() => {
    if (userId === null) return;
    const { serviceWorker: worker } = navigator;
    const made = createNotices({ person: userId, onOpen, worker });
    notices.current = made;
    const undo = answerPresses(worker, userId, (id) => onOpen(id as ConversationId));
    return () => {
      notices.current = null;
      undo();
      made.closeAll();
    };
  }, [userId, onOpen]);
  return notices;
}

/** What this tab shows, told to the person's others. */
function useTabs(userId: string | null, openId: ConversationId | null) {
  const tabs = useRef<AttentionTabs | null>(null);
  useEffect(() => {
    if (userId === null) return;
    const made = createAttentionTabs(userId, navigator.locks);
    tabs.current = made;
    return () => {
      tabs.current = null;
      made.dispose();
    };
  }, [userId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person has other tabs.
  useEffect(() => {
    const tell = () => tabs.current?.show(openId, document.visibilityState === 'visible');
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [openId, userId]);
  return tabs;
}
