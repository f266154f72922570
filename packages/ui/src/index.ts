/** React components for Natter. Styles: `import '@natter/ui/styles.css'`; themed by the CSS variables it declares. */
export { Avatar, type AvatarProps } from './avatar/Avatar.tsx';
export { Chat, type ChatProps, type Components } from './Chat.tsx';
export { Chatbox, type ChatboxProps } from './Chatbox.tsx';
export { type OptionsProps, useOptions } from './choosing/useOptions.ts';
export { Composer, type ComposerProps } from './composer/Composer.tsx';
export { ConnectionBanner, type ConnectionBannerProps } from './connection/ConnectionBanner.tsx';
export { StorageNotice } from './connection/StorageNotice.tsx';
export { Conversation, type ConversationProps } from './conversation/Conversation.tsx';
export {
  ConversationHeader,
  type ConversationHeaderProps,
} from './conversation/ConversationHeader.tsx';
export { ConversationList, type ConversationListProps } from './conversations/ConversationList.tsx';
export type { ConversationRowProps } from './conversations/ConversationRow.tsx';
export { contentText } from './conversations/previewText.ts';
export { ConversationDetails } from './details/ConversationDetails.ts';
export type { DetailsDialogProps as ConversationDetailsProps } from './details/DetailsDialog.tsx';
export type { Muting } from './details/MuteSwitch.tsx';
export { ConfirmDialog, type ConfirmDialogProps } from './dialogs/ConfirmDialog.tsx';
export { Dialog, type DialogProps } from './dialogs/Dialog.tsx';
export { Notice, type NoticeProps } from './dialogs/Notice.tsx';
export { onDemand, type PaneOnDemand, paneOnDemand } from './dialogs/onDemand.tsx';
export { Spinner } from './dialogs/Spinner.tsx';
export { type ChosenFile, type Draft, hasDraft, noDraft } from './drafts/draft.ts';
export { createDrafts, type Drafts, type DraftsWorld } from './drafts/drafts.ts';
export { DraftsContext, draftsOf, useDraft, useDrafts } from './drafts/useDraft.ts';
export { FileCard } from './files/FileCard.tsx';
export { FileImage } from './files/FileImage.tsx';
export { Icon, type IconName } from './icons/Icon.tsx';
export { IconButton, type IconButtonProps } from './icons/IconButton.tsx';
export { Profile } from './identity/Profile.ts';
export type { ProfileDialogProps as ProfileProps } from './identity/ProfileDialog.tsx';
export { plainText } from './markdown/read.ts';
export { Menu, type MenuItem, type MenuProps } from './menus/Menu.tsx';
export { MenuButton, type MenuButtonProps } from './menus/MenuButton.tsx';
export {
  NewConversationDialog,
  type NewConversationDialogProps,
} from './people/NewConversationDialog.tsx';
export { PeoplePicker, type PeoplePickerProps } from './people/PeoplePicker.tsx';
export { PresenceDot } from './presence/PresenceDot.tsx';
export { type Clock, systemClock } from './runtime/clock.ts';
export type { Layers } from './runtime/layers.ts';
export { type Ui, UiProvider, type UiProviderProps, useUi } from './runtime/UiProvider.tsx';
export { useLayer } from './runtime/useLayer.ts';
export { QuickSwitcher } from './switcher/QuickSwitcher.ts';
export type { QuickSwitcherProps } from './switcher/SwitcherDialog.tsx';
export { english, type Texts } from './texts/english.ts';
export { errorText } from './texts/errorText.ts';
export { isolate } from './texts/isolate.ts';
export { englishLanguage, type Language, type TextChanges } from './texts/language.ts';
export { numberIn, type Plural, plural } from './texts/plural.ts';
export { preferredLanguages, regionOf, speaks } from './texts/region.ts';
export type { MessageRowProps } from './timeline/MessageRow.tsx';
export type { MessageCommands } from './timeline/messageCommands.ts';
export { Timeline, type TimelineProps } from './timeline/Timeline.tsx';
export type { OpenAt } from './timeline/useOpening.ts';
export { TypingLine, type TypingLineProps } from './typing/TypingLine.tsx';
