import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { rootFolder } from '../../platform/config/config.ts';
import { openPhoneHouse, type PhoneHouse } from './testing-phone.ts';

const file = path.join(
  process.env.CORPUS_DIR ?? path.resolve(rootFolder, '../shared/data'),
  'crm-pipelines/school-crm/calls.csv',
);
const isThere = fs.existsSync(file);
/** `2/3`: the second third of the contacts, with all their calls, each contact's in their order. */
const [part = 1, of = 1] = (process.env.SIGNALBOX_CALLS ?? '2/200').split('/').map(Number);
const LINES = 6;
const MIN_TALK = 30;

interface Row {
  readonly type: string;
  readonly seconds: number;
  readonly contact: string;
}

// No field of this file holds a comma or a quotation mark.
const readRows = (): Row[] =>
  fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
    .map((cells) => ({ type: cells[4] ?? '', seconds: Number(cells[5] || 0), contact: cells[9] ?? '' }));

/** What the three triggers have to do, counted from the rows alone. */
function count(contacts: readonly (readonly Row[])[]): Record<string, number> {
  const moves: Record<string, number> = { OUT: 0, IN: 0, MISSED: 0 };
  for (const rows of contacts) {
    let stage = 'NEW';
    const go = (to: string) => {
      if (to !== stage) moves[to] = (moves[to] ?? 0) + 1;
      stage = to;
    };
    for (const { type, seconds } of rows) {
      if (type === 'Outbound' && seconds >= MIN_TALK) go('OUT');
      if (type !== 'Outbound') go('IN');
      if (type === 'Missed' || (type === 'Inbound' && seconds === 0)) go('MISSED');
    }
  }
  return moves;
}

const board = {
  ...{ type: 'deal', pipeline: 'School' },
  stages: ['NEW', 'OUT', 'IN', 'MISSED'].map((code) => ({ code, name: code })),
  triggers: [
    { id: 'out', on: 'telephony/outgoing-call', stage: 'OUT', allowBack: true, settings: { minTalkSeconds: MIN_TALK } },
    { id: 'in', on: 'telephony/incoming-call', stage: 'IN', allowBack: true },
    { id: 'missed', on: 'telephony/missed-call', stage: 'MISSED', allowBack: true },
  ],
};

async function report(house: PhoneHouse, number: string, { type, seconds }: Row): Promise<void> {
  const direction = type === 'Outbound' ? 'outgoing' : 'incoming';
  const { id } = await house.ask('POST', '/api/v1/calls', { line: house.lineId, direction, number });
  const end = seconds > 0 ? { duration: seconds } : type === 'Missed' ? { missed: true } : {};
  await house.ask('PATCH', `/api/v1/calls/${id}`, { state: 'ended', ...end });
}

describe.skipIf(!isThere)(isThere ? 'the calls of a school' : 'skipped: no corpus', () => {
  it('move the deals as often as the rows say, and are all there', async () => {
    const house = await openPhoneHouse();
    await house.ask('PATCH', `/api/v1/channels/${house.lineId}`, { settings: { unknownClient: 'ignore' } });
    await house.ask('PUT', '/api/v1/automation/deal/School', board);
    const rows = readRows();
    const all = [...Map.groupBy(rows, ({ contact }) => contact).values()];
    const contacts = all.filter((_, index) => index % of === part - 1);
    const waiting = contacts.map((calls, index) => ({ calls, number: `+48${600_000_000 + index}` }));
    const known = contacts.filter(([first]) => first?.contact !== '');
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (next.calls[0]?.contact !== '') await house.addDeal(next.number, { pipeline: 'School' });
        for (const row of next.calls) await report(house, next.number, row);
      }
    };
    // The engine decides meanwhile, as it does in life.
    let isRinging = true;
    const decide = async () => {
      while (isRinging) {
        await house.drain();
        await sleep(50);
      }
    };
    const deciding = decide();
    await Promise.all(Array.from({ length: LINES }, work));
    isRinging = false;
    await deciding;
    await house.drain();

    const { rows: moves } = await house.inside((tx) =>
      sql<{ stage: string; count: number }>`
        select s.code as stage, count(*)::int as count from visits v
        join stages s on s.workspace_id = v.workspace_id and s.id = v.stage_id
        where v.from_stage_id is not null group by s.code`.execute(tx),
    );
    const [kept] = (
      await house.inside((tx) =>
        sql<{ calls: number; missed: number; talked: number }>`
          select count(*)::int as calls, count(*) filter (where state = 'missed')::int as missed, coalesce(sum(talk_seconds), 0)::int as talked
          from calls`.execute(tx),
      )
    ).rows;
    const given = contacts.flat();
    const told = Object.fromEntries(moves.map(({ stage, count: times }) => [stage, times]));
    console.info(`${given.length} calls of ${known.length} contacts, moves: ${JSON.stringify(told)}`);

    expect(told).toEqual(Object.fromEntries(Object.entries(count(known)).filter(([, times]) => times > 0)));
    expect(kept).toEqual({
      calls: given.length,
      missed: given.filter(({ type, seconds }) => type !== 'Outbound' && seconds === 0).length,
      talked: given.reduce((sum, { seconds }) => sum + seconds, 0),
    });
    await house.close();
  }, 10_800_000);
});
