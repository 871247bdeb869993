import { type ChannelKind, channelKind } from '@signalbox/contract/channels/channels.ts';
import { type ComponentType, lazy } from 'react';

interface SandboxPage {
  readonly kind: ChannelKind;
  readonly Page: ComponentType;
}

const pages = import.meta.glob<ComponentType>('./*/page.tsx', { import: 'Page' });

/** What the sandbox shows of each kind of channel that has a page in its folder here, in the order of the kinds. */
export const sandboxPages = channelKind.options.flatMap((kind): SandboxPage[] => {
  const load = pages[`./${kind}/page.tsx`];
  return load === undefined ? [] : [{ kind, Page: lazy(async () => ({ default: await load() })) }];
});
