import { field, fieldOrder, fieldOrderParams, fieldParams, fieldPatch, fieldUse } from '@signalbox/contract/fields.ts';
import { fieldNotSeen, hidesField } from '../../access/held-fields.ts';
import { differences } from '../../audit/differences.ts';
import { record } from '../../audit/record.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { announce } from '../../platform/realtime.ts';
import { checkMayRequire, checkOptions, checkRequiredStages, presentCustom } from './custom-field.ts';
import {
  countValues,
  deleteField,
  type FieldRow,
  listCustomFields,
  listPipelinesNaming,
  orderFields,
  updateField,
} from './fields.store.ts';
import { recordField } from './record-field.ts';

export const changeFieldRoutes = (context: Context): Route[] => [change(), order(), use(context), remove()];

const tag = 'Fields';

const change = () =>
  route({
    method: 'PATCH',
    path: '/api/v1/fields/:type/:code',
    summary: 'Rename a custom field, change its options, or the stages that ask for it',
    tag,
    access: 'settings',
    params: fieldParams,
    body: fieldPatch,
    answers: { 200: field },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const found = await getField(tx, params);
        if (body.options !== undefined) checkNewOptions(found, body.options);
        if (changesStages(found, body.requiredStages)) checkMayRequire(caller);
        await checkRequiredStages(tx, body.requiredStages ?? []);
        await updateField(tx, found.id, body);
        announce(tx, { topic: 'fields', kind: 'changed', field: found.id });
        const after = await getField(tx, params);
        await recordField(tx, 'field-changed', { before: found, after });
        return { status: 200, body: presentCustom(after, caller.rights) };
      }),
  });

// A form that only renames sends the stages as they were.
function changesStages({ requiredStageIds }: FieldRow, wanted: readonly number[] | undefined): boolean {
  return wanted !== undefined && requiredStageIds.toSorted().join() !== wanted.toSorted().join();
}

const order = () =>
  route({
    method: 'PUT',
    path: '/api/v1/fields/:type/order',
    summary: "The order of a type's custom fields in forms, cards and lists",
    tag,
    access: 'settings',
    params: fieldOrderParams,
    body: fieldOrder,
    answers: { 204: null },
    handle: ({ params, body, write }) =>
      write(async (tx) => {
        const own = await listCustomFields(tx, params.type);
        const known = new Set(own.map(({ code }) => code));
        const isWhole = body.codes.length === known.size && body.codes.every((code) => known.delete(code));
        if (!isWhole)
          throw invalidAt('codes', 'not-all', `Give each of ${own.map(({ code }) => code).join(', ')} once`);
        await orderFields(tx, params.type, body.codes);
        await record(tx, {
          ...{ kind: 'fields-ordered', on: { kind: 'item-type', id: params.type, name: params.type } },
          changes: differences({ order: own.map(({ code }) => code) }, { order: body.codes }),
        });
        announce(tx, { topic: 'fields', kind: 'changed', field: 0 });
        return { status: 204 };
      }),
  });

const use = ({ databases }: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/fields/:type/:code/use',
    summary: 'What would miss a custom field: how many have a value, and the automation that names it',
    tag,
    access: 'settings',
    params: fieldParams,
    answers: { 200: fieldUse },
    async handle({ caller, params }) {
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        await getField(tx, params);
        const { type, code } = params;
        if (hidesField(caller.rights, { owner: type, code })) throw fieldNotSeen('', code);
        const [all, ...options] = await countValues(tx, params);
        return {
          records: all?.records ?? 0,
          options: options.flatMap(({ value, records }) => (value === null ? [] : [{ value, records }])),
          pipelines: await listPipelinesNaming(tx, params),
        };
      });
      return { status: 200, body };
    },
  });

const remove = () =>
  route({
    method: 'DELETE',
    path: '/api/v1/fields/:type/:code',
    summary:
      'Delete a custom field: it leaves cards, lists and forms; what was filled in stays, unseen, should it be made again',
    tag,
    access: 'settings',
    params: fieldParams,
    answers: { 204: null },
    handle: ({ params, write }) =>
      write(async (tx) => {
        const before = await getField(tx, params);
        await deleteField(tx, before.id);
        await recordField(tx, 'field-deleted', { before, after: null });
        announce(tx, { topic: 'fields', kind: 'deleted', field: before.id });
        return { status: 204 };
      }),
  });

async function getField(tx: Tx, { type, code }: { type: string; code: string }): Promise<FieldRow> {
  const found = (await listCustomFields(tx, type)).find((one) => one.code === code);
  if (found === undefined) throw notFound(`A custom field ${code} of ${type}`);
  return found;
}

function checkNewOptions({ kind }: FieldRow, options: readonly { value: string; name: string }[]): void {
  checkOptions({ kind, options: [...options] });
  const values = options.map(({ value }) => value);
  const twice = values.findIndex((value, index) => values.indexOf(value) !== index);
  if (twice !== -1) throw invalidAt(`options[${twice}].value`, 'twice', `There is an option ${values[twice]} already`);
}
