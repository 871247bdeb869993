import type { Language, Spoken } from '@signalbox/automation/kit/words/languages.ts';
import type { Tx } from '../../platform/db.ts';
import strings from './default-pipelines.strings.json' with { type: 'json' };
import { insertPipeline, type NewStage, putStages } from './pipelines.store.ts';
import { processStages } from './process-stages.ts';
import { stagesOf } from './stages-of.ts';

type PipelineWords = (typeof strings)['en'];
const words: Spoken<PipelineWords> = strings;

/** What a new workspace begins with: one pipeline for each type, in its language. */
export async function makeDefaultPipelines(tx: Tx, language: Language): Promise<void> {
  for (const { type, name, stages } of defaultPipelines(language)) {
    const id = await insertPipeline(tx, { type, name });
    if (id !== undefined) await putStages(tx, id, stages);
  }
}

/** The stages with which a pipeline of this type may begin: a few to start from, or the least that one needs. */
export function startingStages(type: string, start: 'empty' | 'sample', language: Language): NewStage[] {
  const standard = defaultPipelines(language).find((one) => one.type === type);
  const stages = standard?.stages ?? processStages(language);
  const first = stages.findIndex(({ kind }) => kind === 'open');
  return start === 'sample' ? stages : stages.filter(({ kind }, index) => kind !== 'open' || index === first);
}

function defaultPipelines(language: Language) {
  const { lead, deal, quote, invoice } = words[language];
  return [
    { type: 'lead', name: lead.name, stages: stagesOf(lead.stages) },
    { type: 'deal', name: deal.name, stages: stagesOf(deal.stages) },
    { type: 'quote', name: quote.name, stages: stagesOf(quote.stages) },
    { type: 'invoice', name: invoice.name, stages: stagesOf(invoice.stages) },
  ];
}
