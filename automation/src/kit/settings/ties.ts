import type { Language } from '../words/languages.ts';
import { choice, employee, toggle } from './fields.ts';
import type { TextsOf } from './strings.ts';
import strings from './ties.strings.json' with { type: 'json' };

export type Tie = 'latest' | 'all';

/** How a channel's signals find their item when only the client is known (semantics.md 2.2, 2.4). */
export function ties(byDefault: Tie) {
  return {
    tie: choice(['latest', 'all'], byDefault),
    closedItemsToo: toggle(),
    unknownClient: choice(['create lead', 'create deal', 'ignore'], 'create lead'),
    responsible: employee(),
  };
}

interface TieText {
  /** The heading that these settings stand under. */
  readonly title: string;
  readonly fields: TextsOf<ReturnType<typeof ties>>;
}

export const tieTexts: Readonly<Record<Language, TieText>> = strings;
