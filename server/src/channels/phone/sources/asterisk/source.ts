import type { CallSource } from '../source.ts';
import { dial } from './live/dial.ts';
import { keepLines } from './live/keep-lines.ts';

/** An exchange of one's own, by the manager interface of Asterisk. */
export const asterisk: CallSource = {
  provider: 'asterisk',
  dial,
  listeners: async (context) => keepLines(context, 'asterisk'),
};
