import type { CallSource } from '../source.ts';
import { dial } from './live/dial.ts';
import { keepLines } from './live/keep-lines.ts';
import { recordingLogin } from './live/recordings.ts';
import { testLine } from './live/test-line.ts';

/** An exchange of one's own, by the manager interface of Asterisk. */
export const asterisk: CallSource = {
  provider: 'asterisk',
  dial,
  test: testLine,
  recordingLogin,
  listeners: async (context) => keepLines(context, 'asterisk'),
};
