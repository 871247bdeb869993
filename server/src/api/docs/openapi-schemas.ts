import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schemas made from zod; what a schema refers to is kept once, under `components.schemas`. */
export interface Schemas {
  readonly components: Record<string, unknown>;
  /** `input`: what is sent to us; `output`: what we answer. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
}

export function createSchemas(): Schemas {
  const components: Record<string, unknown> = {};
  const fingerprints = new Map<unknown, string>();
  return {
    components,
    of(schema, io) {
      const {
        $schema: _,
        $defs,
        ...made
      } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
      const names = hoist($defs, { components, fingerprints });
      const plain = rename(made, names);
      return isRecord(plain) ? plain : {};
    },
  };
}

interface Hoisted {
  readonly components: Record<string, unknown>;
  readonly fingerprints: Map<unknown, string>;
}

// A definition is known by its content: every place that allows any JSON shares one.
function hoist(definitions: unknown, { components, fingerprints }: Hoisted): Map<string, string> {
  const names = new Map<string, string>();
  if (!isRecord(definitions)) return names;
  for (const [name, definition] of Object.entries(definitions)) {
    const text = JSON.stringify(definition).replaceAll(`#/$defs/${name}`, '#self');
    const known = Object.keys(components).find((one) => fingerprints.get(components[one]) === text);
    names.set(`#/$defs/${name}`, `#/components/schemas/${known ?? `Shared${Object.keys(components).length + 1}`}`);
  }
  for (const [name, definition] of Object.entries(definitions)) {
    const component = names.get(`#/$defs/${name}`)?.split('/').at(-1);
    if (component === undefined || Object.hasOwn(components, component)) continue;
    const renamed = rename(definition, names);
    fingerprints.set(renamed, JSON.stringify(definition).replaceAll(`#/$defs/${name}`, '#self'));
    components[component] = renamed;
  }
  return names;
}

function rename(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((part) => rename(part, names));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string' ? (names.get(part) ?? part) : rename(part, names),
    ]),
  );
}
