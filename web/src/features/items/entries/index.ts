import type { ComponentType } from 'react';
import { ConversionEntry } from './conversion-entry.tsx';
import {
  CommentEntry,
  CreatedEntry,
  DeliveryEntry,
  MovedEntry,
  PlainEntry,
  PlannedEntry,
  RuleFailedEntry,
} from './entries.tsx';
import type { Entries, EntryProps } from './entry-props.ts';
import { ClientChangedEntry, MadeEntry } from './made-entries.tsx';
import { UndoneEntry } from './undone-entry.tsx';

const ofHouse = {
  comment: CommentEntry,
  created: CreatedEntry,
  moved: MovedEntry,
  converted: ConversionEntry,
  'made-of-lead': ConversionEntry,
  'made-item': MadeEntry,
  'made-of-item': MadeEntry,
  'client-changed': ClientChangedEntry,
  undone: UndoneEntry,
  'rule-failed': RuleFailedEntry,
  'delivery-failed': DeliveryEntry,
  'delivery-uncertain': DeliveryEntry,
  'delivery-paused': DeliveryEntry,
  'planned-changed': PlannedEntry,
} satisfies Entries;

const ofChannels = import.meta.glob<Entries>('./*/entries.ts', { eager: true, import: 'entries' });

/** How each kind of timeline entry is drawn. timeline-kinds.test.ts names a kind that neither this nor a folder beside it draws. */
const drawings = new Map<string, ComponentType<EntryProps>>(
  [ofHouse, ...Object.values(ofChannels)].flatMap((entries) => Object.entries(entries)),
);

/** A plain one for a kind that a newer server may have written. */
export const entryOf = (kind: string): ComponentType<EntryProps> => drawings.get(kind) ?? PlainEntry;
