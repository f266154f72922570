/** Owns parts that a host application replaces with its own: `<Chat components={{ Avatar: MyAvatar }}>`. */
import { type ComponentType, createContext, createElement, use } from 'react';

/** By the name of the part. Their props are checked where they are given, in `Components`. */
export const ReplacementsContext = createContext<Readonly<Record<string, unknown>>>({});

/** `Default`, unless the application has put a component of its own in its place. */
export function replaceable<Props extends object>(
  name: string,
  Default: ComponentType<Props>,
): ComponentType<Props> {
  function Replaceable(props: Props) {
    const replacement = use(ReplacementsContext)[name];
    return createElement((replacement as ComponentType<Props> | undefined) ?? Default, props);
  }
  Replaceable.displayName = name;
  return Replaceable;
}
