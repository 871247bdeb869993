import { describe, expect, it } from 'vitest';
import { fields } from '../../testing.ts';
import { type NameScope, whyUnknown } from './names.ts';

const scope: NameScope = {
  fields,
  clientFields: [{ code: 'shoeSize', kind: 'number', name: 'Size', custom: true }],
  tiedFields: { invoice: [{ code: 'reminders', kind: 'number', name: 'Reminders', custom: true }] },
  signals: ['webhook.called'],
  results: { mail: ['emailId'] },
};
const why = (path: string) => whyUnknown(path.split('.'), scope);

describe('5.6 names of texts and conditions', () => {
  it.each([
    'item.title',
    'title',
    'item.amount.currency',
    'tags.size',
    'item.tags.first',
    'client.shoeSize',
    'item.client.email',
    'responsible.name',
    'signal.code',
    'signal.occurredAt',
    'rules.mail.emailId',
    'invoice.paymentDate',
    'invoice.reminders',
    'invoice.amount.amount',
    'quote.title',
  ])('5.6 %s is known', (path) => expect(why(path)).toBeNull());

  it.each([
    ['item.titel', 'The item has no field "titel"'],
    ['item.title.amount', 'title has no "amount"'],
    ['client.shoeSze', 'The client has no "shoeSze"'],
    ['item.client.nmae', 'The client has no "nmae"'],
    ['signal.cod', 'The signal has no "cod"'],
    ['signal.url', 'The signal has no "url"'],
    ['rules.mail.id', 'The rule "mail" gives no "id"'],
    ['rules.post.id', 'There is no rule "post" on this stage whose results could be used'],
    ['rules.constructor.name', 'There is no rule "constructor" on this stage whose results could be used'],
    ['invoice.titel', 'The invoice has no field "titel"'],
    ['constructor.name', '"constructor" is not known'],
  ])('5.6 %s is refused', (path, reason) => expect(why(path)).toBe(reason));

  it.each(['nextBooking', 'item.nextBooking', 'booking.start', 'order.total', 'products.first', 'document.name'])(
    '5.3 %s is refused: it would be empty for ever',
    (path) => expect(why(path)).toMatch(/are not there in this version yet$/),
  );

  it('8.2 of a saved version any name will do', () =>
    expect(whyUnknown(['item', 'gone'], { ...scope, lenient: true })).toBeNull());
});
