import type { Language, Spoken } from '@signalbox/automation/kit/words/languages.ts';
import type { Acting } from '../../automation/moves/acting.ts';
import { createItem } from '../../automation/moves/create-item.ts';
import { addClient } from '../../crm/clients/save-client.ts';
import { loadWorkspaceFacts } from '../../crm/facts/workspace-facts.ts';
import { listPipelines } from '../../crm/pipelines/pipelines.store.ts';
import type { Tx } from '../../platform/db.ts';
import strings from './sample-data.strings.json' with { type: 'json' };
import { sampleDeals } from './sample-deals.ts';

type SampleWords = (typeof strings)['en'];
type SampleClient = SampleWords['clients']['bakery'];

/** Nobody's real addresses: domains under .example, numbers kept for stories where a country has them. */
const words: Spoken<SampleWords> = strings;

/** Clients and deals to look at on the first day, in the workspace's language; their stages' rules do not run. */
export async function makeSampleData(tx: Tx, acting: Acting, language: Language): Promise<void> {
  const { currency } = await loadWorkspaceFacts(tx);
  const [pipeline] = await listPipelines(tx, 'deal');
  const codes = new Set(pipeline?.stages.map(({ code }) => code));
  const { clients, deals } = words[language];
  const added = new Map<string, SampleIds>();
  for (const [key, client] of Object.entries(clients)) added.set(key, await addSampleClient(tx, acting, client));

  for (const [index, deal] of sampleDeals.entries()) {
    if (!codes.has(deal.stage)) continue;
    const title = `${deals[deal.title]} – ${clients[deal.client].company}`;
    const daysAgo = sampleDeals.length - index;
    await createItem(
      tx,
      { ...acting, now: new Date(acting.now.getTime() - daysAgo * 7 * 3_600_000) },
      {
        type: 'deal',
        title,
        stageCode: deal.stage,
        amount: deal.amount,
        currency,
        ...added.get(deal.client),
        runRules: false,
      },
    );
  }
}

interface SampleIds {
  readonly companyId: number;
  readonly contactId: number;
}

async function addSampleClient(tx: Tx, { byId, now }: Acting, client: SampleClient): Promise<SampleIds> {
  const responsible = byId ?? 0;
  const companyId = await addClient(
    tx,
    { id: responsible },
    {
      kind: 'company',
      body: { name: client.company, emails: [`office@${client.domain}`], phones: [client.phone] },
      now,
    },
  );
  const email = `${client.mailbox}@${client.domain}`;
  const { firstName, lastName } = client;
  const contactId = await addClient(
    tx,
    { id: responsible },
    {
      kind: 'contact',
      body: { firstName, lastName, emails: [email], company: companyId },
      now,
    },
  );
  return { companyId, contactId };
}
