import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { describe, expect, it } from 'vitest';
import { allRights } from '../people/rights/standard-roles.ts';
import { seenEvidence, seenPayload, seenReason, seenResult } from './seen-evidence.ts';

const fields = { deal: { margin: 'hidden' }, invoice: { total: 'hidden' }, company: { size: 'hidden' } } as const;
const rights = { administrator: false, ...allRights, fields, employeeId: 1, department: [1] };
const reader = { rights, type: 'deal' };
const part = (field: string) => ({ field, is: 'equals', value: 1 });
const saw = (field: string) => ({ part: part(field), got: 42, note: 'no rate for PLN' });

describe('what automation has noted', () => {
  it.each(['margin', 'item.margin', 'margin.amount', 'client.size', 'company.size', 'invoice.total'])(
    'holds no value of %s for who may not see it',
    (field) => {
      expect(seenEvidence(saw(field), reader)).toEqual({ part: part(field), hidden: true });
      expect(seenResult({ because: saw(field) }, reader)).toEqual({ because: { part: part(field), hidden: true } });
    },
  );

  it.each(['amount', 'contact.size', 'client.name', 'deal.total', 'signal.margin'])('is told whole of %s', (field) => {
    expect(seenEvidence(saw(field), reader)).toEqual(saw(field));
    expect(seenEvidence(saw('margin'), { ...reader, rights: undefined })).toEqual(saw('margin'));
  });

  it('holds nothing of clients, or of what is tied, for who does not read them', () => {
    const none = { ...allRights.items.all, read: 'none' } as const;
    const noClients = { ...reader, rights: { ...rights, clients: none } };
    const noInvoices = { ...reader, rights: { ...rights, items: { ...allRights.items, types: { invoice: none } } } };
    for (const [field, to] of [
      ['client.email', noClients],
      ['contact.size', noClients],
      ['item.company.phone', noClients],
      ['invoice.dueDate', noInvoices],
      ['item.invoice.amount', noInvoices],
    ] as const)
      expect(seenEvidence(saw(field), to), field).toEqual({ part: part(field), hidden: true });
    for (const [field, to] of [
      ['client.name', noClients],
      ['invoice.dueDate', noClients],
      ['client.email', noInvoices],
      ['amount.amount', noInvoices],
      ['observers.size', noInvoices],
      ['signal.code', noInvoices],
    ] as const)
      expect(seenEvidence(saw(field), to), field).toEqual(saw(field));
  });

  it('names no reason that says what is hidden', () => {
    const misfit = (field: string) => because('misfit', { value: 'x', field, kind: 'number' });
    expect(seenReason(misfit('margin'), reader)).toEqual(because('field-not-seen'));
    expect(seenReason(misfit('note'), reader)).toEqual(misfit('note'));
    expect(seenReason(null, reader)).toBeNull();
  });

  it('keeps of a change only that there was one', () => {
    const changes = [
      { field: 'margin', from: 1, to: 2 },
      { field: 'note', from: 'a', to: 'b' },
    ];
    expect(seenPayload({ changes, by: 1 }, reader)).toEqual({
      payload: { changes: [{ field: 'margin', from: null, to: null, hidden: true }, changes[1]], by: 1 },
      isWhole: false,
    });
    expect(seenPayload({ changes: [changes[1]] }, reader).isWhole).toBe(true);
    expect(seenPayload('x', reader)).toEqual({ payload: 'x', isWhole: true });
  });
});
