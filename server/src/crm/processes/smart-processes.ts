import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { standardTypes } from '@signalbox/contract/common.ts';
import type { ItemTypePatch, itemTypeBody } from '@signalbox/contract/item-types.ts';
import type { z } from 'zod';
import { differences } from '../../audit/differences.ts';
import { record } from '../../audit/record.ts';
import type { Tx } from '../../platform/db.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { announce } from '../../platform/realtime.ts';
import { loadWorkspaceFacts } from '../facts/workspace-facts.ts';
import { insertPipeline, putStages } from '../pipelines/pipelines.store.ts';
import { processStages } from '../pipelines/process-stages.ts';
import {
  cancelImportsInto,
  countItemsOfType,
  deleteSmartProcess,
  findNamedProcess,
  insertSmartProcess,
  listSmartProcesses,
  lockSmartProcess,
  type SmartProcess,
  updateSmartProcess,
} from '../types/item-types.store.ts';
import { codesFor, isReserved, namesAThing } from './type-code.ts';

type NewProcess = z.output<typeof itemTypeBody>;

/** A smart process with its first pipeline, in the workspace's language. */
export async function makeSmartProcess(tx: Tx, input: NewProcess): Promise<SmartProcess> {
  await checkNewName(tx, input.name);
  const code =
    input.code === undefined ? await insertUnderFreeCode(tx, input) : await insertUnder(tx, input, input.code);
  const { language } = await loadWorkspaceFacts(tx);
  const pipelineId = await insertPipeline(tx, { type: code, name: input.plural });
  if (pipelineId === undefined) throw new Error('a new type has no pipelines');
  await putStages(tx, pipelineId, processStages(parseLanguage(language)));
  const made = await getSmartProcess(tx, code);
  await recordType(tx, 'item-type-made', { before: null, after: made });
  announce(tx, { topic: 'item-types', kind: 'created', itemType: made.id });
  return made;
}

async function insertUnder(tx: Tx, { name, plural, icon }: NewProcess, code: string): Promise<string> {
  if (isReserved(code)) throw invalidAt('code', 'reserved', `${code} has a meaning already; choose another code`);
  if ((await insertSmartProcess(tx, { code, name, plural, icon })) !== undefined) return code;
  await checkNewName(tx, name);
  throw conflict('code-taken', `There is a smart process ${code} already`, [
    { path: 'code', code: 'taken', message: 'Choose another code' },
  ]);
}

async function insertUnderFreeCode(tx: Tx, input: NewProcess): Promise<string> {
  const { name, plural, icon } = input;
  for (const code of codesFor(input)) {
    if ((await insertSmartProcess(tx, { code, name, plural, icon })) !== undefined) return code;
    await checkNewName(tx, name);
  }
  throw new Error('codes have no end');
}

/** Renames; the code stays, so that nothing that names it breaks. */
export async function changeSmartProcess(tx: Tx, code: string, patch: ItemTypePatch): Promise<SmartProcess> {
  await lockOwn(tx, code);
  const before = await getSmartProcess(tx, code);
  if (patch.name !== undefined) await checkNewName(tx, patch.name, before.id);
  const { name = before.name, plural = before.plural, icon = before.icon } = patch;
  await updateSmartProcess(tx, { ...before, name, plural, icon });
  announce(tx, { topic: 'item-types', kind: 'changed', itemType: before.id });
  const after = await getSmartProcess(tx, code);
  await recordType(tx, 'item-type-changed', { before, after });
  return after;
}

/** With all that belongs to it; 409 while it has items. */
export async function removeSmartProcess(tx: Tx, code: string, now: Date): Promise<void> {
  await cancelImportsInto(tx, code, now);
  await lockOwn(tx, code);
  const before = await getSmartProcess(tx, code);
  const { id, plural } = before;
  const count = await countItemsOfType(tx, code);
  if (count > 0)
    throw conflict('has-items', `${plural} has ${count} items; delete them first`, [
      { path: '', code: 'has-items', message: 'Delete them first', params: { place: plural, count } },
    ]);
  await deleteSmartProcess(tx, code);
  await recordType(tx, 'item-type-deleted', { before, after: null });
  announce(tx, { topic: 'item-types', kind: 'deleted', itemType: id });
}

interface Both {
  readonly before: SmartProcess | null;
  readonly after: SmartProcess | null;
}

async function recordType(
  tx: Tx,
  kind: 'item-type-made' | 'item-type-changed' | 'item-type-deleted',
  { before, after }: Both,
): Promise<void> {
  const one = before ?? after;
  if (one === null) return;
  const told = ({ name, plural, icon }: SmartProcess) => ({ name, plural, icon });
  const changes = differences(before && told(before), after && told(after));
  await record(tx, { kind, on: { kind: 'item-type', id: one.code, name: one.name }, changes });
}

/** Against changes by others; 404 for another workspace's too. */
async function lockOwn(tx: Tx, code: string): Promise<void> {
  if (standardTypes.includes(code))
    throw conflict('standard-type', `${code} is a standard type: it can be neither changed nor deleted`);
  if (!(await lockSmartProcess(tx, code, 'update'))) throw notFound(`The smart process ${code}`);
}

async function getSmartProcess(tx: Tx, code: string): Promise<SmartProcess> {
  const found = (await listSmartProcesses(tx)).find((one) => one.code === code);
  if (found === undefined) throw notFound(`The smart process ${code}`);
  return found;
}

async function checkNewName(tx: Tx, name: string, own?: number): Promise<void> {
  if (namesAThing(name)) throw invalidAt('name', 'reserved', `${name} is there already; choose another name`);
  const taken = await findNamedProcess(tx, name);
  if (taken !== undefined && taken !== own)
    throw conflict('name-taken', `There is a smart process "${name}" already`, [
      { path: 'name', code: 'taken', message: 'Choose another name' },
    ]);
}
