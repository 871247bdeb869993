import type { CallSource } from '../source.ts';

/** The phone in the browser: it rings and is answered there, by the same routes as an exchange over HTTP. */
export const sandbox: CallSource = { provider: 'sandbox', dial: async () => ({ outcome: 'sent' }) };
