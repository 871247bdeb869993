import type { SayingFacts } from '@signalbox/automation/engine/saying/saying-facts.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import {
  type NamesOfRecords,
  recordKey,
  recordsIn,
  useNamesOfRecords,
} from '../../controls/condition/names-of-records.ts';
import { treeOf } from '../../controls/condition/tree.ts';
import type { TabFacts } from './use-tab-facts.ts';

/** What the engine's words need to know of the workspace. */
export function sayingFactsOf(
  facts: TabFacts,
  { names = {}, signal }: { readonly names?: NamesOfRecords; readonly signal?: string },
): SayingFacts {
  const { language, timeZone, fields, clientFields, channels, people, stages, stageNames } = facts;
  const codes = new Map(stages.map(({ name, code }) => [name, code]));
  return {
    ...{ language, timeZone, fields, clientFields },
    stages: [...stageNames].map(([id, name]) => ({ id, name, code: codes.get(name) ?? String(id) })),
    ...(signal === undefined ? {} : { signal }),
    person: (id) => people.find((one) => one.id === id)?.name,
    record: (kind, value) => names[recordKey(kind, value)],
    thing: (id) => channels.find((one) => String(one.id) === String(id))?.name,
  };
}

/** What the clients and items are called that conditions name, and those that were found instead. */
export function useNamesInEvidence(evidence: readonly unknown[], { variables }: TabFacts): NamesOfRecords {
  const named = evidence.flatMap((detail) => {
    if (!isRecord(detail) || !isRecord(detail.part)) return [];
    const found = treeOf({ ...detail.part, value: detail.got });
    return [treeOf(detail.part), found].flatMap((tree) => recordsIn(tree, variables));
  });
  return useNamesOfRecords([...new Set(named)]);
}
