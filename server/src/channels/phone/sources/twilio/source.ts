import type { CallSource } from '../source.ts';
import { dial } from './dial.ts';
import { twilioHooks } from './hooks.routes.ts';
import { recordingLogin } from './recording-login.ts';
import { testLine } from './test-line.ts';

/** Numbers at Twilio. */
export const twilio: CallSource = { provider: 'twilio', routes: twilioHooks, dial, test: testLine, recordingLogin };
