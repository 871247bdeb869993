import { changesOf, matchesValue } from '../../kit/conditions/changes.ts';
import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { fieldValues } from '../../kit/settings/field-values.ts';
import { fieldCodes } from '../../kit/settings/fields.ts';
import strings from './field-changed.strings.json' with { type: 'json' };

/** One of the chosen fields of an existing item changes, optionally from or to given values. */
export const fieldChanged = defineTrigger({
  key: 'crm/field-changed',
  icon: 'pencil-line',
  group: 'changes',
  on: 'item.changed',
  fields: { fields: fieldCodes(), from: fieldValues(), to: fieldValues() },
  strings,
  example: { fields: ['amount'] },
  matches({ changes }, { fields, from, to }, seen) {
    const ours = changesOf(changes, fields);
    if (ours.length === 0) return { setting: 'fields', wanted: fields, got: changes.map(({ field }) => field) };

    const left = ours.filter((change) => matchesValue({ change, side: 'from', wanted: from }, seen));
    if (left.length === 0) return { setting: 'from', wanted: from, got: ours[0]?.from ?? null };
    const reached = left.some((change) => matchesValue({ change, side: 'to', wanted: to }, seen));
    return reached || { setting: 'to', wanted: to, got: left[0]?.to ?? null };
  },
});
