import type { Item } from '@signalbox/contract/items.ts';
import type { TimelineEntry, TimelineKind } from '@signalbox/contract/timeline.ts';
import type { ComponentType } from 'react';
import type { Answer } from '../composer/answer.ts';

/** What every kind of timeline entry is drawn from. */
export interface EntryProps {
  entry: TimelineEntry;
  item: Item;
  /** Has the composer write an answer to the entry. */
  answer: (answer: Answer) => void;
}

/** How a family of entries is drawn, by kind. */
export type Entries = Readonly<Partial<Record<TimelineKind, ComponentType<EntryProps>>>>;
