import type { Item } from '@signalbox/contract/items.ts';
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Answer } from './answer.ts';

export interface WritingProps {
  readonly item: Item;
  /** What is being answered, if an entry of the timeline has asked for it. */
  readonly answer: Answer | null;
  /** Called once it is on its way: the answer is forgotten. */
  readonly sent: () => void;
}

/** One thing that can be written on an item. */
export interface ComposerTab {
  readonly name: string;
  readonly icon: LucideIcon;
  /** In the reader's language, from whatever texts the channel has. */
  readonly useName: () => string;
  readonly form: ComponentType<WritingProps>;
  readonly isOffered: (item: Item) => boolean;
}
