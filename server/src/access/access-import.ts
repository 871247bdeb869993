import { type Grants, grantsOf } from '@signalbox/contract/people/rights.ts';
import type { Rights } from '../platform/context.ts';
import { missingRight } from '../platform/missing-right.ts';

/** An import makes and changes records of everybody: it takes the right to read, add and change all of its target, and their clients. */
export function checkMayImport(rights: Rights, target: string): void {
  const isClients = target === 'contact' || target === 'company';
  const ofPipelines = isClients ? [] : Object.values(rights.items.pipelines);
  const rows = [rights.clients, ...(isClients ? [] : [grantsOf(rights.items, { type: target })]), ...ofPipelines];
  if (!rows.every(isWhole)) throw missingRight('no-import');
}

const isWhole = ({ read, add, change }: Grants) => [read, add, change].every((reach) => reach === 'all');
