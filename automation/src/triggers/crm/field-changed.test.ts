import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { fieldChanged } from './field-changed.ts';

describe('crm/field-changed', () => {
  it.each([
    [
      'hears a change of its field',
      { fields: ['source'] },
      'item.changed',
      {
        changes: [
          { field: 'source', from: 'CALL', to: 'WEB' },
          { field: 'amount', from: null, to: { amount: '500', currency: 'PLN' } },
        ],
      },
      null,
    ],
    [
      'hears one of several fields',
      { fields: ['title', 'amount'] },
      'item.changed',
      {
        changes: [
          { field: 'source', from: 'CALL', to: 'WEB' },
          { field: 'amount', from: null, to: { amount: '500', currency: 'PLN' } },
        ],
      },
      null,
    ],
    [
      'ignores other fields',
      { fields: ['title'] },
      'item.changed',
      {
        changes: [
          { field: 'source', from: 'CALL', to: 'WEB' },
          { field: 'amount', from: null, to: { amount: '500', currency: 'PLN' } },
        ],
      },
      'fields',
    ],
    [
      'hears the wanted values',
      { fields: ['source'], from: 'call', to: ['WEB', 'MAIL'] },
      'item.changed',
      {
        changes: [
          { field: 'source', from: 'CALL', to: 'WEB' },
          { field: 'amount', from: null, to: { amount: '500', currency: 'PLN' } },
        ],
      },
      null,
    ],
    [
      'ignores another value before',
      { fields: ['source'], from: ['WEB'] },
      'item.changed',
      {
        changes: [
          { field: 'source', from: 'CALL', to: 'WEB' },
          { field: 'amount', from: null, to: { amount: '500', currency: 'PLN' } },
        ],
      },
      'from',
    ],
    [
      'ignores another value after',
      { fields: ['source'], to: ['CALL'] },
      'item.changed',
      {
        changes: [
          { field: 'source', from: 'CALL', to: 'WEB' },
          { field: 'amount', from: null, to: { amount: '500', currency: 'PLN' } },
        ],
      },
      'to',
    ],
    [
      'compares money and emptiness',
      { fields: ['amount'], from: null, to: 500 },
      'item.changed',
      {
        changes: [
          { field: 'source', from: 'CALL', to: 'WEB' },
          { field: 'amount', from: null, to: { amount: '500', currency: 'PLN' } },
        ],
      },
      null,
    ],
    [
      'takes client for contact and company',
      { fields: ['client'] },
      'item.changed',
      { changes: [{ field: 'company', from: null, to: 4 }] },
      null,
    ],
  ])('%s', (_what, settings, kind, payload, refused) => {
    const match = hear(fieldChanged, settings, makeSignal(kind, payload));
    expect(match === true ? null : match.setting).toBe(refused);
  });

  it('wants at least one field', () => expect(fieldChanged.bind({ fields: [] }).ok).toBe(false));
});
