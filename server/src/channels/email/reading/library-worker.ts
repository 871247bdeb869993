import { parentPort } from 'node:worker_threads';
import { type ParsedMail, type SimpleParserOptions, simpleParser } from 'mailparser';
import type { LibraryMail } from './read-with-library.ts';

// A thread of its own: see read-with-library.ts.

const options: SimpleParserOptions & { keepDeliveryStatus: boolean } = {
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
};

parentPort?.on('message', async (raw: Uint8Array) => {
  const mail = await simpleParser(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), options).catch(() => null);
  parentPort?.postMessage(mail === null ? null : plain(mail));
});

// Only what can cross over to the other thread.
function plain({ from, replyTo, to, subject, text, html, attachments }: ParsedMail): LibraryMail {
  return {
    ...{ from, replyTo, to, subject, text, html },
    attachments: attachments.map(({ filename, contentType, cid, content }) => ({
      ...{ filename, contentType, cid, content },
    })),
  };
}
