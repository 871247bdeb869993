import type { FieldChange, ItemsPort } from '@signalbox/automation/kit/definitions/ports.ts';
import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import { guessCountry } from '@signalbox/automation/kit/values/phones.ts';
import { addedTo, onceEach } from '@signalbox/automation/kit/values/spellings.ts';
import {
  type FieldSpec,
  type FieldValue,
  findFieldSpec,
  isEmpty,
  type Scalar,
} from '@signalbox/automation/kit/values/values.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { changeItem } from '../automation/moves/change-item.ts';
import { type MoveWish, moveItem } from '../automation/moves/move-item.ts';
import { cancelRunsBelow } from '../automation/running/cancel-below.ts';
import type { PortScope } from '../automation/running/port-scope.ts';
import { findMissingTargets } from '../crm/fields/check-targets.ts';
import { actingAs } from './acting-as.ts';
import { personIds } from './person-ids.ts';
import { placeNamed } from './place-named.ts';

/** Changes to the item itself, in the run's transaction, carrying its chain (semantics.md 4, 7). */
export function itemsPort(scope: PortScope): ItemsPort {
  const { tx } = scope;
  const change = (changes: Readonly<Record<string, FieldValue>>, byId: number | null) =>
    scope.command(async () => {
      const { changes: made } = await changeItem(tx, actingAs(scope, byId), { itemId: scope.item().id, changes });
      if (made.length > 0) scope.did({ kind: 'fields', changes: made });
    });
  const move = (to: Omit<MoveWish, 'itemId'>, byId: number | null) =>
    scope.command(async () => {
      const made = await moveItem(tx, actingAs(scope, byId), { itemId: scope.item().id, ...to });
      if (!made.moved) return;
      scope.did({ kind: 'stage', visit: made.move.visitId });
      await cancelRunsBelow(tx, scope);
    });
  return {
    async change({ changes, byId }) {
      const values = asValues(scope, changes);
      if ('title' in values && isEmpty(values.title)) throw new Impossible(because('title-empty'));
      const [missing] = await findMissingTargets(tx, values, { specs: scope.item().fields });
      if (missing !== undefined) throw new Impossible(because('target-gone', missing.params));
      return change(values, byId);
    },
    changeResponsible: ({ toId, byId }) => change({ responsible: toId }, byId),
    changeStage: ({ stage, byId }) => move({ stageCode: stage }, byId),
    changePipeline: async ({ pipeline, stage, byId }) =>
      move(placeNamed(scope.reference, { type: scope.item().type, pipeline, stage }), byId),
  };
}

function asValues(scope: PortScope, changes: readonly FieldChange[]): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const { field, value, mode } of changes) {
    const spec = findFieldSpec(scope.item().fields, field);
    const before = values[field] ?? scope.item().values[field] ?? null;
    const typed = personIds(scope, spec, value);
    values[field] =
      mode === 'append' ? appended(scope, { spec, field, before, value: typed }) : onceIn(scope, spec, typed);
  }
  return values;
}

interface Appending {
  readonly spec: FieldSpec | undefined;
  readonly field: string;
  readonly before: FieldValue;
  readonly value: FieldValue;
}

function appended(scope: PortScope, { spec, field, before, value }: Appending): FieldValue {
  if (spec === undefined || !takesSeveral(spec)) throw new Impossible(because('one-value', { field }));
  return addedTo(listOf(before), listOf(value), listed(scope, spec));
}

function onceIn(scope: PortScope, spec: FieldSpec | undefined, value: FieldValue): FieldValue {
  return spec !== undefined && isList(value) ? onceEach(value, listed(scope, spec)) : value;
}

const listed = ({ reference }: PortScope, { kind }: FieldSpec) => ({
  kind,
  country: guessCountry(reference.workspace),
});

function listOf(value: FieldValue): readonly Scalar[] {
  if (isEmpty(value)) return [];
  return isList(value) ? value : [value];
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
