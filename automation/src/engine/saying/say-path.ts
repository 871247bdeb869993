import { specOfPath } from '../../kit/conditions/names.ts';
import type { FieldSpec } from '../../kit/values/values.ts';
import { findSignalKind } from '../../signals/index.ts';
import strings from './saying.strings.json' with { type: 'json' };
import type { SayingFacts } from './saying-facts.ts';

/** What a path is called: `Amount`, `client: E-mail`, `signal: Code`. */
export function sayPath(path: string, facts: SayingFacts): string {
  const { heads, client, person, occurredAt } = strings[facts.language];
  const called = (names: Readonly<Record<string, string>>, name: string) => new Map(Object.entries(names)).get(name);
  const bare = path.replace(/^item\./, '');
  const [head = '', ...rest] = bare.split('.');
  const spec = specOfPathIn(path, facts);
  const own = spec === undefined ? undefined : fieldName(spec, facts);
  if (rest.length === 0) return own ?? called(heads, head) ?? head;
  const name = rest.join(' ');
  const part =
    own ??
    (['client', 'contact', 'company'].includes(head) ? called(client, name) : undefined) ??
    (['responsible', 'creator'].includes(head) ? called(person, name) : undefined) ??
    (head === 'signal' ? signalPart(name, facts, occurredAt) : undefined) ??
    name;
  return `${called(heads, head) ?? head}: ${part}`;
}

export function specOfPathIn(path: string, { fields, clientFields = [] }: SayingFacts): FieldSpec | undefined {
  return specOfPath(path, { fields, clientFields });
}

export function fieldName({ name, code }: FieldSpec, { language }: SayingFacts): string {
  return typeof name === 'string' ? name : (name[language] ?? code);
}

function signalPart(name: string, { signal, language }: SayingFacts, occurredAt: string): string | undefined {
  if (name === 'occurredAt') return occurredAt;
  const kind = signal === undefined ? undefined : findSignalKind(signal);
  return kind?.names.includes(name) ? kind.fieldIn(language, name) : undefined;
}
