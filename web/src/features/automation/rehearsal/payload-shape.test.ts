import { expect, test } from 'vitest';
import type { Card } from '../model/cards.ts';
import { fieldsOfKind, firstPayload, kindsHeard } from './payload-shape.ts';

const card = (key: string, settings: object = {}): Card => ({
  ...{ lane: 'trigger', uid: key, id: null, key, stage: 'NEW', name: '', enabled: true, when: null, fresh: false },
  ...{ as: 'responsible', allowBack: false, settings: { ...settings } },
});
const cards = [card('email/opened'), card('apps/webhook', { code: 'go' })];

test('only what the triggers of the board listen to may be tried', () => {
  expect(kindsHeard(cards)).toEqual(['email.opened', 'webhook.called']);
  expect(kindsHeard([])).toEqual([]);
});

test('the form asks for what the kind of signal says, not for what we weigh ourselves', () => {
  expect(fieldsOfKind('email.opened').map(({ name, kind }) => [name, kind])).toEqual([
    ['machine', 'yesNo'],
    ['firstOpen', 'yesNo'],
  ]);
  expect(fieldsOfKind('email.link-clicked')).toContainEqual({ name: 'url', kind: 'text', options: [], required: true });
});

test('it begins with what the first trigger waits for', () => {
  expect(firstPayload('webhook.called', cards)).toMatchObject({ code: 'go' });
});
