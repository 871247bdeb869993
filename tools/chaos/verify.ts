import type pg from 'pg';
import type { Sink } from './faults/sink.ts';
import type { Poured } from './pour.ts';

export interface Finding {
  readonly promise: string;
  readonly broken: number;
}

/** Each promise with the number of rows that break it; 0 everywhere is a pass. */
const PROMISES: Record<string, string> = {
  'every signal is decided: none waits': 'select count(*) from signal_queue where parked_at is null',
  'no signal is undecidable': 'select count(*) from signal_queue where parked_at is not null',
  'every signal has a decision':
    'select count(*) from signals s where not exists (select from decisions d where d.workspace_id = s.workspace_id and d.signal_id = s.id)',
  'a signal moves an item at most once':
    'select count(*) from (select from visits where signal_id is not null group by signal_id, item_id having count(*) > 1) x',
  'every webhook call moved its item': `select count(*) from signals s where kind = 'webhook.called' and not exists (select from visits v where v.workspace_id = s.workspace_id and v.signal_id = s.id)`,
  'an item stands where its last visit says':
    'select count(*) from items i where (i.visit_id, i.stage_id) is distinct from (select (v.id, v.stage_id) from visits v where v.workspace_id = i.workspace_id and v.item_id = i.id order by v.id desc limit 1)',
  'every run has ended': `select count(*) from runs where state in ('waiting', 'running')`,
  'no run failed': `select count(*) from runs where state = 'failed'`,
  'no run was cancelled: all were due at entry or kept': `select count(*) from runs where state = 'cancelled'`,
  'a stage runs each of its rules once a visit': `
    select count(*) from visits v join stages s on s.workspace_id = v.workspace_id and s.id = v.stage_id
    where (select count(*) from runs r where r.workspace_id = v.workspace_id and r.visit_id = v.id) <> case s.code when 'WARM' then 4 when 'HOT' then 6 else 0 end`,
  'a notification of a rule comes once':
    'select count(*) from (select from notifications where run_id is not null group by run_id, employee_id having count(*) > 1) x',
  'no notification of a rule is missing': `
    select count(*) from runs r where r.state = 'done' and r.rule_id in ('tell', 'tell-hot') and not exists (select from notifications n where n.workspace_id = r.workspace_id and n.run_id = r.id)`,
  'each comment stands once on the timeline': `
    select count(*) from items i where (select count(*) from timeline t where t.workspace_id = i.workspace_id and t.item_id = i.id and t.kind = 'comment')
      <> (select count(*) from runs r where r.workspace_id = i.workspace_id and r.item_id = i.id and r.rule_id in ('say', 'say-late', 'say-waited') and r.state = 'done')`,
  'what waits for a condition goes on when it has become true': `
    select count(*) from runs where rule_id = 'wait' and result ->> 'outcome' is distinct from 'condition'`,
  'each move stands once on the timeline and in the history': `
    select count(*) from items i where (select count(*) from visits v where v.workspace_id = i.workspace_id and v.item_id = i.id and v.from_stage_id is not null) <> all (array[
      (select count(*) from timeline t where t.workspace_id = i.workspace_id and t.item_id = i.id and t.kind = 'moved'),
      (select count(*) from history h where h.workspace_id = i.workspace_id and h.item_id = i.id and h.field = 'stage' and h."from" is not null)])`,
  'an outgoing message has one place in the outbox': `
    select count(*) from outbox o where o.kind = 'mail' and (select count(*) from emails e where e.workspace_id = o.workspace_id and e.outbox_id = o.id) <> 1`,
  'no rule wrote twice':
    'select count(*) from (select from emails where run_id is not null group by workspace_id, run_id having count(*) > 1) x',
  'no outgoing message is missing': `
    select count(*) from runs r where r.rule_id in ('write', 'write-outside', 'write-hot') and r.state in ('done', 'uncertain')
      and not exists (select from outbox o where o.workspace_id = r.workspace_id and o.run_id = r.id)`,
  'every delivery has ended': `select count(*) from outbox where state in ('queued', 'sending')`,
  'no delivery failed': `select count(*) from outbox where state = 'failed'`,
  'the sandbox holds each sent message once': `
    select count(*) from outbox o join channels c on c.workspace_id = o.workspace_id and c.id = o.channel_id and c.provider = 'sandbox'
    where o.kind = 'mail' and (o.state <> 'sent' or (select count(*) from sandbox_mail m where m.outbox_id = o.id) <> 1)`,
};

/** Holds the database, and what the outside world took, against what was accepted. */
export async function verify(client: pg.Client, poured: Poured, sink: Sink): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [promise, text] of Object.entries(PROMISES)) findings.push({ promise, broken: await count(client, text) });
  findings.push(
    {
      promise: 'every accepted signal is there',
      broken: await missing(
        client,
        `select substr(source_key, 5) as key from signals where source_key like 'api %'`,
        poured.signals,
      ),
    },
    {
      promise: 'every accepted e-mail is there',
      broken: await missing(client, `select message_id as key from emails where direction = 'in'`, poured.mails),
    },
    {
      promise: 'every accepted e-mail is there once',
      broken: await count(
        client,
        `select count(*) from (select from emails where direction = 'in' group by message_id having count(*) > 1) x`,
      ),
    },
    {
      promise: 'the outside world got no message twice',
      broken: [...sink.taken.values()].filter((times) => times > 1).length,
    },
    { promise: 'what was sent has arrived', broken: await missingOutside(client, sink) },
  );
  return findings;
}

/** Deliveries of which nobody can know whether they left, and the runs that say so. */
export async function countUncertain(client: pg.Client): Promise<{ deliveries: number; runs: number }> {
  return {
    deliveries: await count(client, `select count(*) from outbox where state = 'uncertain'`),
    runs: await count(client, `select count(*) from runs where state = 'uncertain'`),
  };
}

async function count(client: pg.Client, text: string): Promise<number> {
  const result = await client.query<{ count: string }>(text);
  return Number(result.rows[0]?.count ?? Number.NaN);
}

async function missing(client: pg.Client, text: string, keys: readonly string[]): Promise<number> {
  const result = await client.query<{ key: string }>(text);
  const there = new Set(result.rows.map(({ key }) => key.replace(/^<|>$/g, '')));
  return keys.filter((key) => !there.has(key.replace(/^<|>$/g, ''))).length;
}

async function missingOutside(client: pg.Client, sink: Sink): Promise<number> {
  const result = await client.query<{ message_id: string }>(`
    select e.message_id from outbox o join emails e on e.workspace_id = o.workspace_id and e.outbox_id = o.id
    join channels c on c.workspace_id = o.workspace_id and c.id = o.channel_id and c.provider <> 'sandbox' where o.state = 'sent'`);
  return result.rows.filter(({ message_id: id }) => !sink.taken.has(id.startsWith('<') ? id : `<${id}>`)).length;
}
