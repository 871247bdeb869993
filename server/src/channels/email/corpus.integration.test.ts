import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { drainWorkspace } from '../../automation/drain/drain.ts';
import { bindSignals } from './inbound/bind-signals.ts';
import { type SmtpListener, startSmtpListener } from './inbound/smtp-listener.ts';
import { parseEmail } from './reading/parse-email.ts';
import { type CorpusMail, findCorpus, readCorpusMail } from './testing-corpus.ts';
import { type MailHouse, openMailHouse, smtpClient } from './testing-mail.ts';

const corpus = findCorpus();
const LINES = 4;

describe.skipIf(corpus === undefined)(corpus === undefined ? 'skipped: no corpus' : 'the corpus by SMTP', () => {
  it.each(['ignore', 'create lead'] as const)(
    'goes in whole with unknown client "%s", and a second time without any second signal',
    async (unknownClient) => {
      const mails = readCorpusMail(corpus ?? '');
      const house = await openMailHouse();
      await house.fixture.addPipeline({ type: 'lead', name: 'Leads' });
      await house.ask('PATCH', `/api/v1/channels/${house.mailboxId}`, { settings: { unknownClient } });
      const listener = await startSmtpListener(house.context, { host: '127.0.0.1', port: 0 });

      const first = await sendAll(listener, mails);
      const decided = await drain(house);
      const after = await census(house);
      const second = await sendAll(listener, mails);
      await drain(house);

      expect(first.filter(({ answer }) => !answer.startsWith('250 '))).toEqual([]);
      expect(after.signals).toBe(decided);
      expect(await missing(house, mails)).toEqual([]);
      expect(after).toMatchObject({ waiting: 0, parked: 0, emails: after.signals, leadsOfMachines: 0 });
      expect(after.leads > 0).toBe(unknownClient === 'create lead');
      expect(second).toEqual(first);
      expect(await census(house)).toEqual(after);
      console.info(`corpus, ${unknownClient}: ${mails.length} delivered twice -> ${JSON.stringify(after)}`);
      await listener.close();
      await house.close();
    },
    1_800_000,
  );
});

async function sendAll(
  listener: SmtpListener,
  mails: readonly CorpusMail[],
): Promise<{ file: string; answer: string }[]> {
  const answers = new Map<string, string>();
  const waiting = [...mails];
  const line = async () => {
    const client = await smtpClient(listener.port);
    for (let mail = waiting.shift(); mail !== undefined; mail = waiting.shift()) {
      answers.set(mail.file, await client.send(mail.raw, { from: 'sender@corpus.test', to: ['sales@sandbox.test'] }));
    }
    client.close();
  };
  await Promise.all(Array.from({ length: LINES }, line));
  return mails.map(({ file }) => ({ file, answer: answers.get(file) ?? 'not sent' }));
}

function drain(house: MailHouse): Promise<number> {
  return drainWorkspace(house.context, house.fixture.workspaceId, { bindSignals });
}

// Some of the files hold the same message: those are one signal.
async function missing(house: MailHouse, mails: readonly CorpusMail[]): Promise<string[]> {
  const rows = await house.rows<{ source_key: string }>(
    sql`select source_key from signals where kind = 'email.received'`,
  );
  const known = new Set(rows.map(({ source_key: key }) => key.split(':').at(-1)));
  const lost: string[] = [];
  for (const { file, raw } of mails) if (!known.has((await parseEmail(raw)).identity)) lost.push(file);
  return lost;
}

interface Census {
  signals: number;
  emails: number;
  waiting: number;
  parked: number;
  leads: number;
  leadsOfMachines: number;
  bounces: number;
  autoReplies: number;
}

async function census(house: MailHouse): Promise<Census> {
  const [row] = await house.rows<Census>(sql`
    select (select count(*)::int from signals) as signals, (select count(*)::int from emails) as emails,
      (select count(*)::int from signal_queue) as waiting, (select count(*)::int from signal_queue where parked_at is not null) as parked,
      (select count(*)::int from items where type = 'lead') as leads,
      (select count(*)::int from emails where classification <> 'person' and (tied_by ? 'made')) as "leadsOfMachines",
      (select count(*)::int from emails where classification = 'bounce') as bounces,
      (select count(*)::int from emails where classification = 'auto-reply') as "autoReplies"`);
  if (row === undefined) throw new Error('nothing was counted');
  return row;
}
