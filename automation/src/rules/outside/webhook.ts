import './port.ts';
import { defineRule, hold } from '../../kit/definitions/define-rule.ts';
import { choice, toggle } from '../../kit/settings/fields.ts';
import {
  type AnswerPart,
  answerParts,
  type HeaderSetting,
  headers,
  jsonTemplate,
  keptSecret,
  urlTemplate,
} from '../../kit/settings/outside-fields.ts';
import type { Problem } from '../../kit/settings/problems.ts';
import { Impossible } from '../../kit/words/impossible.ts';
import { because } from '../../kit/words/reasons.ts';
import strings from './webhook.strings.json' with { type: 'json' };

const withoutBody: readonly string[] = ['GET', 'DELETE'];
const LONGEST_BODY = 262_144;

/** A signed request to another system; it may hold the chain until the answer has come (rules.md, semantics.md 5.8, 5.9). */
export const webhook = defineRule({
  key: 'outside/webhook',
  icon: 'webhook',
  group: 'outside',
  writesToClients: false,
  uses: ['outside'],
  leaves: ['request'],
  fields: {
    url: urlTemplate(),
    method: choice(['POST', 'PUT', 'PATCH', 'GET', 'DELETE'], 'POST'),
    headers: headers(),
    body: jsonTemplate(),
    signingSecret: keptSecret(),
    wait: toggle(),
    results: answerParts(),
  },
  outputs: { requestId: 'number', status: 'number' },
  strings,
  example: {
    url: 'https://erp.firm.test/orders/{{ item.id }}',
    headers: [{ name: 'X-Source', value: 'crm' }],
    body: '{ "title": "{{ item.title }}", "client": "{{ client.name }}" }',
    wait: true,
    results: [{ name: 'orderId', path: '$.order.id' }],
  },
  check: (settings) => [
    ...addressProblems(settings.url),
    ...bodyProblems(settings),
    ...headerProblems(settings.headers),
    ...resultProblems(settings.results),
  ],
  holds: ({ wait }) => wait,
  givesMore: ({ wait, results }) => (wait ? results.map(({ name }) => name) : []),
  async run({ url, method, headers: given, body, signingSecret, wait, results }, { ports }) {
    const { requestId } = await ports.outside.send({
      ...{ method, signingSecret, url: addressOf(url) },
      headers: given.map((header) => ({ ...header, value: header.value.replace(/[\r\n]+/g, ' ').trim() })),
      body: withoutBody.includes(method) || body.trim() === '' ? null : jsonOf(body),
      wanted: wait ? Object.fromEntries(results.map(({ name, path }) => [name, path])) : null,
    });
    const made = { requestId, status: null };
    return wait ? hold('answer', made) : made;
  },
  async resume({ requestId }, { ports, asked }) {
    const found = await ports.outside.find(Number(requestId));
    if (found.state === 'failed') throw new Impossible(found.reason);
    const made = { requestId, status: null };
    if (found.state === 'waiting') return asked ? made : hold('answer', made);
    return { ...found.results, requestId, status: found.status };
  },
});

// Whom it is sent to is written down and not taken from the item: secrets are given for an address, and no field may lead them elsewhere.
const ADDRESS = /^https?:\/\/[^\s/?#@{}\\]+(?=[/?#]|$)/i;

/** Scheme, host and port of the address of the settings, as they are compared; null when it has none. */
export function originOf(url: string): string | null {
  const [address] = ADDRESS.exec(url.trim()) ?? [];
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : null;
}

function addressProblems(url: string): readonly Problem[] {
  if (originOf(url) !== null) return [];
  const message = 'Expected an address such as https://example.com/orders; its host can not be taken from the item';
  return [{ path: ['url'], code: 'web-address', message }];
}

function addressOf(url: string): string {
  const origin = originOf(url);
  const whole = url.trim();
  if (origin === null || !URL.canParse(whole) || new URL(whole).origin !== origin)
    throw new Impossible(because('webhook-address', { url: whole.slice(0, 200) }));
  return new URL(whole).href;
}

interface Body {
  readonly method: string;
  readonly body: string;
}

// What stands in for a value may be text or a number: a digit is both. What tags make of it is known only when it runs.
function bodyProblems({ method, body }: Body): readonly Problem[] {
  if (withoutBody.includes(method) || body.trim() === '' || body.includes('{%')) return [];
  return isJson(body.replace(/\{\{.*?\}\}/gs, '0'))
    ? []
    : [{ path: ['body'], code: 'json', message: 'Expected JSON, with text and names from the menu in quotes' }];
}

function jsonOf(body: string): string {
  if (!isJson(body)) throw new Impossible(because('webhook-body'));
  if (body.length > LONGEST_BODY) throw new Impossible(because('webhook-body-long', { limit: LONGEST_BODY / 1_024 }));
  return body;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Those that the request itself makes, and those that say how it is carried. */
const ownHeaders: readonly string[] = [
  ...['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'expect', 'te', 'trailer'],
  ...['webhook-id', 'webhook-timestamp', 'webhook-signature'],
];

function headerProblems(given: readonly HeaderSetting[]): readonly Problem[] {
  return given.flatMap(({ name }, index) =>
    ownHeaders.includes(name.toLowerCase())
      ? [
          {
            path: ['headers', index, 'name'],
            code: 'own-header',
            message: `"${name}" is set by Signalbox`,
            params: { name },
          },
        ]
      : [],
  );
}

function resultProblems(results: readonly AnswerPart[]): readonly Problem[] {
  const names = ['requestId', 'status', ...results.map(({ name }) => name)];
  return results.flatMap(({ name }, index) =>
    names.indexOf(name) === index + 2
      ? []
      : [
          {
            path: ['results', index, 'name'],
            code: 'result-taken',
            message: `There is a result "${name}" already`,
            params: { name },
          },
        ],
  );
}
