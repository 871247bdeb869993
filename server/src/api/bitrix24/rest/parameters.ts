import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import qs from 'qs';

/** Parameters of a call, by the lower-case names of the top level (its callers mix cases). */
export type Parameters = ReadonlyMap<string, unknown>;

/** PHP's way of writing nested values: `fields[TITLE]=x&select[]=ID`. */
export function parsePhpQuery(text: string): Record<string, unknown> {
  return qs.parse(text, { depth: 10, arrayLimit: 1_000, parameterLimit: 3_000, ignoreQueryPrefix: true, decoder });
}

// As the library does it, but for the pluses: it replaces each by itself, which takes a second for a body of them.
function decoder(text: string, plain: (text: string) => string): string {
  return text.includes('+') ? plain(text.split('+').join('%20')) : plain(text);
}

/** Query and body together; the body wins. */
export function readParameters(query: string, body: unknown): Parameters {
  const parameters = new Map<string, unknown>();
  for (const source of [parsePhpQuery(query), body]) {
    if (!isRecord(source)) continue;
    for (const [name, value] of Object.entries(source)) parameters.set(name.toLowerCase(), value);
  }
  return parameters;
}

/** A text; numbers and true/false count as one. */
export function textOf(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : undefined;
}

/** Y, 1 and true. */
export function isYes(value: unknown): boolean {
  return ['y', '1', 'true'].includes(String(value).toLowerCase());
}
