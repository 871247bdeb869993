import nodemailer from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../outside/client.ts';
import { onlyWorse, unharmed } from './account.ts';
import { besiege } from './besiege.ts';
import type { Victim } from './victim.ts';

let victim: Victim;
besiege((started) => {
  victim = started;
});

const MB = 1_048_576;
const made = z.object({ id: z.number() });
const listed = z.object({
  data: z.array(z.object({ html: z.string().nullable() })),
  nextCursor: z.string().nullable(),
});
let sent = 0;

/** Hands in a letter; answers what the server said. */
async function send(raw: string, from: string): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: victim.place.smtpPort, ignoreTLS: true });
  const envelope = { from, to: ['sales@sandbox.test'] };
  const info = await transport.sendMail({ envelope, raw }).catch((error: Error) => ({ response: error.message }));
  transport.close();
  return info.response;
}

function letter(headers: readonly string[], body: string): string {
  sent += 1;
  const head = [`From: Eve <eve@evil.test>`, 'Subject: An offer', `Message-ID: <a${sent}@evil.test>`, ...headers];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

const html = (body: string) => letter(['Content-Type: text/html'], body);
const attached = (words: string) =>
  letter(
    ['Content-Type: multipart/mixed; boundary=q'],
    `--q\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n${words}\r\n--q\r\n\r\n${words}x\r\n--q--\r\n`,
  );
const files = (count: number, bytes: number) => {
  const part = `--q\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QUJD'.repeat(bytes / 3)}\r\n`;
  return letter(['Content-Type: multipart/mixed; boundary=q'], `${part.repeat(count)}--q--\r\n`);
};
const nested = (levels: number) => {
  const boundary = (level: number) => `b${level}`;
  let body = 'words '.repeat(300_000);
  for (let level = levels; level > 0; level -= 1)
    body = `--${boundary(level)}\r\nContent-Type: multipart/mixed; boundary=${boundary(level + 1)}\r\n\r\n${body}\r\n--${boundary(level)}--`;
  return letter([`Content-Type: multipart/mixed; boundary=${boundary(1)}`], body);
};

describe('one stranger’s letter stops nobody', onlyWorse, () => {
  it.each([
    ['an attachment’s words, over and over', () => attached('ab '.repeat(160_000))],
    ['multiparts in multiparts', () => nested(40)],
    ['dashes as base64', () => letter(['Content-Transfer-Encoding: base64'], `${'-'.repeat(70)}\r\n`.repeat(14_000))],
    ['one long encoded header', () => letter([`X-Long: ${'=?utf-8?q?a?= '.repeat(70_000)}`], 'x')],
    ['a thousand quotations in quotations', () => html('<blockquote>'.repeat(1_000))],
    ['a hundred thousand quotations', () => html('<blockquote>'.repeat(80_000))],
    ['tables in tables with styles', () => html('<table style="color:red"><tr><td>'.repeat(28_000))],
    ['styles without end', () => html(`<p style="${'margin:1px 2px;'.repeat(60_000)}">x`)],
    ['tags that never end', () => html('<a <b '.repeat(160_000))],
    ['thirty megabytes of words', () => letter([], 'words '.repeat(5 * MB))],
    ['a file of twenty megabytes', () => files(1, 20 * MB)],
    ['twenty files of a megabyte', () => files(20, MB)],
  ])('%s', async (_, make) => {
    const raw = make();
    const { harm, outcome } = await victim.suffer(() => send(raw, 'eve@evil.test'));
    expect(outcome).toMatch(/^250 /);
    unharmed(harm);
  });

  it('a flood of them, and another sender’s letter comes in between', async () => {
    const { harm, outcome } = await victim.suffer(async () => {
      const flood = Array.from({ length: 30 }, () => send(nested(40), 'eve@evil.test'));
      const honest = await send(letter([], 'Good morning.'), 'adam@client.test');
      return { honest, flood: await Promise.all(flood) };
    });
    expect(outcome.honest).toMatch(/^250 /);
    // Whoever is told 4xx comes again.
    expect(outcome.flood.filter((answer) => !/^250 | 4\d\d /.test(answer))).toEqual([]);
    unharmed(harm);
  });
});

it('six letters of HTML that takes long make a card slow at no opening', onlyWorse, async () => {
  const { place } = victim;
  const contact = made.parse(await call(place, 'POST', '/contacts', { name: 'Eve', emails: ['eve@evil.test'] }));
  const deal = made.parse(await call(place, 'POST', '/items', { type: 'deal', title: 'Offer', contact: contact.id }));
  const bodies = [
    '<p style="margin:1px 2px">words</p>'.repeat(27_000),
    '<table><tr><td>x</td></tr></table>'.repeat(27_000),
    '<a href="https://x.test">x</a>'.repeat(30_000),
    '<img src="https://x.test/1.gif">'.repeat(29_000),
    '<b>'.repeat(300_000),
    '<blockquote>word'.repeat(59_000),
  ];
  for (const body of bodies) expect(await send(html(body), 'eve@evil.test')).toMatch(/^250 /);
  // As the card does: page by page, for a page ends at some megabytes.
  const open = async () => {
    const all: z.output<typeof listed>['data'] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = listed.parse(await call(place, 'GET', `/items/${deal.id}/emails${cursor && `?cursor=${cursor}`}`));
      all.push(...page.data);
      cursor = page.nextCursor;
    }
    return all;
  };
  await expect.poll(async () => (await open()).length).toBe(bodies.length);

  const { harm, outcome } = await victim.suffer(async () => [await open(), await open(), await open()]);

  expect(outcome.map((one) => one.length)).toEqual([6, 6, 6]);
  expect(outcome[2]?.filter((one) => one.html !== null).length).toBeGreaterThanOrEqual(5);
  unharmed(harm);
});
