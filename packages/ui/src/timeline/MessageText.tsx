/** Owns showing what somebody wrote: a small Markdown as elements, line breaks kept. What is shown is text to React, never HTML. */
import { unreachable } from '@natter/protocol';
import type { ReactNode } from 'react';
import { countEmoji } from '../markdown/emoji.ts';
import { readMarkdown, useMarkdown } from '../markdown/read.ts';
import type { TextNode } from '../markdown/tree.ts';
import { CodeBlock } from './CodeBlock.tsx';

export interface MessageTextProps {
  content: string;
  id?: string;
  /** Of the links and buttons in it. */
  tabIndex?: number;
}

export function MessageText({ content, id, tabIndex = 0 }: MessageTextProps) {
  useMarkdown();
  const emoji = countEmoji(content) ?? undefined;
  return (
    <div className="natter-message-text" id={id} dir="auto" data-emoji={emoji}>
      {emoji === undefined ? showAll(readMarkdown(content), tabIndex) : content}
    </div>
  );
}

function showAll(nodes: readonly TextNode[], tabIndex: number): ReactNode[] {
  return nodes.map((node, at) => show(node, at, tabIndex));
}

function show(node: TextNode, key: number, tabIndex: number): ReactNode {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'strong':
      return <strong key={key}>{showAll(node.children, tabIndex)}</strong>;
    case 'emphasis':
      return <em key={key}>{showAll(node.children, tabIndex)}</em>;
    case 'strikethrough':
      return <del key={key}>{showAll(node.children, tabIndex)}</del>;
    case 'code':
      return <code key={key}>{node.text}</code>;
    case 'codeBlock':
      return <CodeBlock key={key} language={node.language} text={node.text} tabIndex={tabIndex} />;
    case 'quote':
      return (
        <blockquote key={key} dir="auto">
          {showAll(node.children, tabIndex)}
        </blockquote>
      );
    case 'link':
      return (
        <a
          key={key}
          href={node.href}
          tabIndex={tabIndex}
          target="_blank"
          rel="noopener noreferrer nofollow"
        >
          {showAll(node.children, tabIndex)}
        </a>
      );
    case 'list':
      return <List key={key} node={node} tabIndex={tabIndex} />;
    default:
      return unreachable(node);
  }
}

function List({
  node: { items },
  tabIndex,
}: {
  node: TextNode & { kind: 'list' };
  tabIndex: number;
}) {
  const isNumbered = items.some(({ value }) => value !== null);
  const Tag = isNumbered ? 'ol' : 'ul';
  return (
    <Tag dir="auto">
      {items.map(({ value, children }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items of one text have no other identity.
        <li key={at} {...(value === null ? {} : { value })}>
          {showAll(children, tabIndex)}
        </li>
      ))}
    </Tag>
  );
}
