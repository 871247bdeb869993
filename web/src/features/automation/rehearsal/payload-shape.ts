import { type SignalKind, signalKinds } from '@signalbox/automation/signals/index.ts';
import { triggerByKey, triggers } from '@signalbox/automation/triggers/index.ts';
import { z } from 'zod';
import type { Card } from '../model/cards.ts';

/** The kinds of signal that the board's triggers listen to, in the order of the catalogue. */
export function kindsHeard(cards: readonly Card[]): readonly SignalKind[] {
  const heard = new Set<string>(
    cards.flatMap((card) => (card.lane === 'trigger' ? (triggerByKey(card.key)?.on ?? []) : [])),
  );
  return kindsOfTriggers.filter((kind) => heard.has(kind));
}

const kindsOfTriggers = [...new Set(triggers.flatMap(({ on }) => on))];

const property = z.object({ type: z.string().optional(), enum: z.array(z.string()).optional() });
const shape = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

export interface PayloadField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'yesNo' | 'choice' | 'json';
  readonly options: readonly string[];
  readonly required: boolean;
}

// Said by our own weighing, not by what happens.
const hidden = new Set(['evidence', 'userAgent', 'ip', 'emailId', 'employee']);

/** What may be said of a signal of this kind, from its schema. */
export function fieldsOfKind(kind: string): readonly PayloadField[] {
  const schema = signalKinds.find((one) => one.kind === kind)?.schema;
  if (schema === undefined) return [];
  const { properties, required } = shape.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return Object.entries(properties)
    .filter(([name]) => !hidden.has(name))
    .map(([name, raw]) => {
      const { type, enum: options = [] } = property.safeParse(raw).data ?? {};
      const field = options.length > 0 ? 'choice' : kindOf(type);
      return { name, options, kind: field, required: required.includes(name) };
    });
}

const kinds: Readonly<Record<string, PayloadField['kind']>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'yesNo',
};

function kindOf(type: string | undefined): PayloadField['kind'] {
  return kinds[type ?? ''] ?? 'json';
}

/** What a trigger waits for is the likeliest thing to be tried: its settings of the same name. */
export function firstPayload(kind: string, cards: readonly Card[]): Record<string, unknown> {
  const settings = cards.find((card) => card.lane === 'trigger' && heardBy(card, kind))?.settings ?? {};
  const said = fieldsOfKind(kind).flatMap(({ name, kind: field, options, required }) => {
    const wanted = settings[name];
    if (field === 'text' && typeof wanted === 'string' && wanted !== '') return [[name, wanted]];
    if (field === 'choice' && required) return [[name, options[0]]];
    return [];
  });
  return {
    ...(kind === 'item.changed' ? { changes: [{ field: 'title', from: 'A', to: 'B' }] } : {}),
    ...Object.fromEntries(said),
  };
}

function heardBy({ key }: Card, kind: string): boolean {
  return triggerByKey(key)?.on.some((one) => one === kind) ?? false;
}
