import { parentPort } from 'node:worker_threads';
import { parseEmail } from './parse-email.ts';

// A thread of its own: see read-email.ts.

parentPort?.on('message', (raw: Uint8Array) => {
  parentPort?.postMessage(parseEmail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)));
});
