import type { Item } from '@signalbox/contract/items.ts';
import type { TimelineEntry } from '@signalbox/contract/timeline.ts';

/** What every kind of timeline entry is drawn from. */
export interface EntryProps {
  entry: TimelineEntry;
  item: Item;
}
