import type { CallSource } from '../source.ts';
import { dial } from './live/dial.ts';
import { keepLines } from './live/keep-lines.ts';
import { recordingLogin } from './live/recordings.ts';

/** An exchange of one's own, by the manager interface of Asterisk. */
export const asterisk: CallSource = {
  provider: 'asterisk',
  dial,
  recordingLogin,
  listeners: async (context) => keepLines(context, 'asterisk'),
};
