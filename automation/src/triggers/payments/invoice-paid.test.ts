import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { invoicePaid } from './invoice-paid.ts';

describe('payments/invoice-paid', () => {
  it.each([['hears a paid invoice', {}, 'invoice.paid', { invoice: 5 }, null]])(
    '%s',
    (_what, settings, kind, payload, refused) => {
      const match = hear(invoicePaid, settings, makeSignal(kind, payload));
      expect(match === true ? null : match.setting).toBe(refused);
    },
  );

  it('has no settings', () => expect(invoicePaid.bind({ amount: 1 }).ok).toBe(false));
});
