import { domainOf } from '../reading/addresses.ts';
import type { Found } from './verdict.ts';

/**
 * The word of the uppermost Authentication-Results (RFC 8601) of one of the trusted servers; others' are ignored, as anybody may have
 * written them. Undefined when none of them said anything. Pure.
 */
export function readTrustedResults(
  results: readonly string[],
  trusted: readonly string[],
): Pick<Found, 'spf' | 'dkim' | 'dmarc'> | undefined {
  const said = results.map(parseResults).find(({ server }) => trusted.includes(server));
  if (said === undefined) return undefined;
  const best = (method: string, ...properties: readonly string[]) => {
    const found = said.methods.filter(({ name }) => name === method);
    const one = found.find(({ result }) => result === 'pass') ?? found[0];
    const value = properties.flatMap((property) => one?.properties.get(property) ?? [])[0];
    return { result: one?.result ?? 'none', domain: value === undefined ? null : domainOf(value) };
  };
  return {
    spf: best('spf', 'smtp.mailfrom', 'smtp.helo'),
    dkim: best('dkim', 'header.d', 'header.i'),
    dmarc: best('dmarc', 'header.from'),
  };
}

interface Method {
  readonly name: string;
  readonly result: string;
  readonly properties: ReadonlyMap<string, string>;
}

function parseResults(text: string): { server: string; methods: Method[] } {
  const [server = '', ...methods] = withoutComments(text).split(';');
  // A version may stand behind the name.
  return { server: server.trim().split(/\s/)[0]?.toLowerCase() ?? '', methods: methods.flatMap(parseMethod) };
}

function parseMethod(text: string): Method[] {
  const words = text.trim().split(/\s+/);
  const [name = '', result = ''] = (words[0] ?? '').toLowerCase().split('=');
  if (!/^[a-z]+$/.test(name) || !/^[a-z]+$/.test(result)) return [];
  const properties = words.slice(1).flatMap((word) => {
    const [key = '', value = ''] = word.split('=');
    return value === '' ? [] : [[key.toLowerCase(), value.replace(/^"|"$/g, '').toLowerCase()] as const];
  });
  return [{ name, result, properties: new Map(properties) }];
}

// Comments may hold anything, also what looks like a result, and one another.
function withoutComments(text: string): string {
  let depth = 0;
  let quoted = false;
  let bare = '';
  for (const [index, letter] of [...text].entries()) {
    if (letter === '"' && depth === 0 && text[index - 1] !== '\\') quoted = !quoted;
    if (letter === '(' && !quoted) depth += 1;
    if (depth === 0) bare += quoted && letter === ';' ? ' ' : letter;
    if (letter === ')' && !quoted) depth = Math.max(0, depth - 1);
  }
  return bare;
}
