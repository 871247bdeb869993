import { describe, expect, it } from 'vitest';
import { hear, makeSignal } from '../../testing.ts';
import { orderPaid } from './order-paid.ts';

describe('payments/order-paid', () => {
  it.each([['hears a paid order', {}, 'order.paid', { order: 5 }, null]])(
    '%s',
    (_what, settings, kind, payload, refused) => {
      const match = hear(orderPaid, settings, makeSignal(kind, payload));
      expect(match === true ? null : match.setting).toBe(refused);
    },
  );

  it('has no settings', () => expect(orderPaid.bind({ amount: 1 }).ok).toBe(false));
});
