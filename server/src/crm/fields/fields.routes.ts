import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import { type Field, field, fieldBody, fields, fieldsQuery } from '@signalbox/contract/fields.ts';
import { grantsOf } from '@signalbox/contract/people/rights.ts';
import type { z } from 'zod';
import { limitOf } from '../../access/held-fields.ts';
import type { Caller, Context, Rights } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { conflict } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { type Route, route } from '../../platform/http/http.ts';
import { pageOfAll } from '../../platform/http/paging.ts';
import { missingRight } from '../../platform/missing-right.ts';
import { announce } from '../../platform/realtime.ts';
import { standardFields } from '../facts/standard-fields.ts';
import { checkOwner, holdOwner, listTypeCodes } from '../types/check-item-type.ts';
import { changeFieldRoutes } from './change-field.routes.ts';
import { checkMayRequire, checkOptions, checkRequiredStages, presentCustom } from './custom-field.ts';
import { insertField, listCustomFields } from './fields.store.ts';
import { recordField } from './record-field.ts';

export const fieldRoutes = (context: Context): Route[] => [list(context), add(), ...changeFieldRoutes(context)];

const list = (context: Context) =>
  route({
    method: 'GET',
    path: '/api/v1/fields',
    summary: 'The standard and custom fields of items and clients',
    tag: 'Fields',
    access: 'employee',
    query: fieldsQuery,
    answers: { 200: fields },
    async handle({ caller, query }) {
      const { rows, itemTypes } = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        await checkOwner(tx, query.type);
        return { rows: await listCustomFields(tx, query.type), itemTypes: await listTypeCodes(tx) };
      });
      const types = itemTypes.filter((type) => query.type === undefined || query.type === type);
      const standard = types.flatMap((type) =>
        standardFields.map((spec) => presentStandard({ ...spec, type }, caller)),
      );
      return {
        status: 200,
        body: pageOfAll(
          seenFields([...standard, ...rows.map((row) => presentCustom(row, caller.rights))], caller.rights),
          query,
        ),
      };
    },
  });

const add = () =>
  route({
    method: 'POST',
    path: '/api/v1/fields',
    summary: 'Add a custom field; it can be used at once in items, conditions, texts and rules',
    tag: 'Fields',
    access: 'employee',
    body: fieldBody,
    answers: { 201: field },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        checkMayAdd(caller, body.type);
        if (body.requiredStages.length > 0) checkMayRequire(caller);
        await holdOwner(tx, body.type);
        await checkNewField(tx, body);
        await insertField(tx, body);
        const made = (await listCustomFields(tx, body.type)).find((one) => one.code === body.code);
        if (made === undefined) throw new Error('the field was just made');
        await recordField(tx, 'field-made', { before: null, after: made });
        announce(tx, { topic: 'fields', kind: 'created', field: made.id });
        return { status: 201, body: presentCustom(made, caller.rights) };
      }),
  });

// Who may change every record of a type may also say what it holds.
function checkMayAdd({ rights }: Caller, owner: string): void {
  const isClient = owner === 'contact' || owner === 'company';
  const { change } = isClient ? rights.clients : grantsOf(rights.items, { type: owner });
  if (!rights.areas.settings && change !== 'all') throw missingRight('no-settings');
}

type NewField = z.output<typeof fieldBody>;

async function checkNewField(tx: Tx, body: NewField): Promise<void> {
  const isStandard =
    standardFields.some((spec) => spec.code.toLowerCase() === body.code.toLowerCase()) ||
    reserved.has(body.code.toLowerCase()) ||
    // Every object of JavaScript has it: values are looked up by code.
    body.code in Object.prototype;
  if (isStandard) throw invalidAt('code', 'standard', `${body.code} is a standard name; choose another code`);
  const taken = (await listCustomFields(tx, body.type)).some(
    (one) => one.code.toLowerCase() === body.code.toLowerCase(),
  );
  if (taken)
    throw conflict('code-taken', `There is a field ${body.code} already`, [
      { path: 'code', code: 'taken', message: 'Choose another code' },
    ]);
  checkOptions(body);
  await checkRequiredStages(tx, body.requiredStages);
}

// Names that conditions and templates give a meaning of their own.
const reserved = new Set(['id', 'type', 'item', 'client', 'signal', 'rules', 'now', 'time', 'parent', 'fields']);

// Who sets up automation or fields knows of all of them.
function seenFields<F extends Pick<Field, 'limit'>>(all: readonly F[], { areas }: Rights): F[] {
  return all.filter(({ limit }) => limit !== 'hidden' || areas.automation || areas.settings);
}

function presentStandard({ type, ...spec }: FieldSpec & Pick<Field, 'type'>, { language, rights }: Caller): Field {
  const name = typeof spec.name === 'string' ? spec.name : (spec.name[language] ?? spec.name.en ?? spec.code);
  return {
    ...{
      type,
      code: spec.code,
      name,
      kind: spec.kind,
      multiple: spec.multiple ?? false,
      options: [...(spec.options ?? [])],
    },
    ...{ custom: false, readOnly: spec.readOnly ?? false, requiredStages: [], requiredStageIds: [] },
    limit: limitOf(rights, { owner: type, code: spec.code }) ?? null,
  };
}
