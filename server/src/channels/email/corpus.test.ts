import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Classification, classifyLetter } from './classifying/classify.ts';
import { letterFacts } from './reading/letter-facts.ts';
import { parseEmail } from './reading/parse-email.ts';
import { findCorpus, readCorpusMail } from './testing-corpus.ts';
import { judgeReported } from './tracking/judge-fetch.ts';

const corpus = findCorpus();

describe.skipIf(corpus === undefined)(corpus === undefined ? 'skipped: no corpus' : 'the corpus', () => {
  it('every bounce and auto-reply is recognised but those that docs/email.md lists, and nothing else is taken for one', async () => {
    const found = new Map<string, Classification>();
    for (const { file, raw } of readCorpusMail(corpus ?? '')) {
      found.set(file, classifyLetter(letterFacts(await parseEmail(raw), 'sender@corpus.test')).classification);
    }
    const filesOf = (isWanted: (file: string, classification: Classification) => boolean) =>
      [...found].flatMap(([file, classification]) => (isWanted(file, classification) ? [file] : []));

    expect(filesOf((file, kind) => file.startsWith('bounces/') && kind === 'person')).toEqual([
      // A person who forwards a bounce.
      'bounces/lhost-sendmail-14.eml',
    ]);
    expect(filesOf((file, kind) => file.startsWith('bounces/') && kind === 'auto-reply')).toHaveLength(5);
    expect(filesOf((file, kind) => !file.startsWith('bounces/') && kind !== 'person')).toEqual(knownReports);
  });

  it('robots and people are told apart by their user agents', () => {
    const rows = fs
      .readFileSync(path.join(corpus ?? '', 'mail-bots/user-agents.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const agents = rows.map((row) => row.split('\t'));
    const share = (source: string) => {
      const ofSource = agents.filter(([, from]) => from === source);
      return ofSource.filter(([userAgent]) => judgeReported({ userAgent }).machine).length / ofSource.length;
    };
    const documented = agents.filter(([, source]) => source === 'documented');

    expect(share('crawler-user-agents')).toBeGreaterThan(0.99);
    expect(share('top-user-agents')).toBe(0);
    expect(
      documented.map(([userAgent, , label = '']) => judgeReported({ userAgent }).machine === /NOT an open/.test(label)),
    ).toEqual([true, true, true]);
  });

  it('subjects, senders and ids are read as another parser reads them', async () => {
    const folder = path.join(corpus ?? '', 'email/mime-with-expected/stalwart');
    const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.eml'));
    const differing: string[] = [];
    for (const file of files) {
      const { from, messageId, subject } = await parseEmail(fs.readFileSync(path.join(folder, file)));
      const expected = expectedOf(path.join(folder, file.replace(/\.eml$/, '.json')));
      // Where the other parser gave up on the charset there is nothing to compare.
      const isSame = expected.subject.includes('\ufffd') || expected.subject === subject;
      if (!isSame || expected.id !== messageId || expected.from !== from?.address) differing.push(file);
    }

    expect([files.length, differing]).toEqual([69, []]);
  });
});

const knownReports = [
  'mime/flanker/bounce/broken-mime.eml',
  'mime/flanker/bounce/delayed.eml',
  'mime/flanker/bounce/mailbox-full.eml',
  'mime/flanker/bounce/no-mx.eml',
  'mime/flanker/bounce/office365.eml',
  'mime/flanker/complaints/yahoo.eml',
  'mime/ruby-mail/mime_emails/raw_email_with_mimepart_without_content_type.eml',
  'mime/ruby-mail/multipart_report_emails/multi_address_bounce1.eml',
  'mime/ruby-mail/multipart_report_emails/report_422.eml',
  // Amazon's notices of bounces, as JSON.
  'provider-json/json-amazonses-01.json',
  'provider-json/json-amazonses-04.json',
];

interface OtherParse {
  parts: { headers: { name: unknown; value: { Text?: string; TextList?: string[]; Address?: OtherAddress } }[] }[];
}
interface OtherAddress {
  List?: { address?: string }[];
  Group?: { addresses: { address?: string }[] }[];
}

function expectedOf(file: string) {
  const parsed: OtherParse = JSON.parse(fs.readFileSync(file, 'utf8'));
  const value = (name: string) => parsed.parts[0]?.headers.findLast((header) => header.name === name)?.value;
  const id = value('message_id')?.Text ?? value('message_id')?.TextList?.[0];
  const from = value('from')?.Address;
  const address = (from?.List?.[0]?.address ?? from?.Group?.[0]?.addresses[0]?.address)?.toLowerCase();
  return {
    subject: (value('subject')?.Text ?? '').replace(/\s+/g, ' ').trim(),
    id: id === undefined ? null : `<${id}>`,
    from: address !== undefined && /^[^\s@]+@[^\s@]+$/.test(address) ? address : undefined,
  };
}
