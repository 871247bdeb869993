import { itemType } from '@signalbox/contract/common.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesFor, isReserved, namesAThing } from './type-code.ts';

const first = (name: string, plural = '') => codesFor({ name, plural }).next().value;

describe('the code of a smart process', () => {
  it.each([
    ['Service request', 'service-request'],
    ['Zgłoszenie serwisowe', 'zgloszenie-serwisowe'],
    ['Solicitação de férias', 'solicitacao-de-ferias'],
    ['Straße', 'strasse'],
    ['24/7 Support', 'support'],
    ['Заявка', 'process'],
  ])('is made from %s', (name, code) => {
    expect(first(name)).toBe(code);
  });

  it('is made from the plural when the name is a word of texts and conditions', () => {
    expect(first('Order', 'Orders')).toBe('orders');
    expect(first('Call', 'Call')).toBe('call-2');
  });

  it('always fits the contract and is never reserved', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, plural) => {
        const codes = codesFor({ name, plural });
        for (const code of Array.from({ length: 4 }, () => String(codes.next().value))) {
          expect(itemType.safeParse(code).success, code).toBe(true);
          expect(isReserved(code)).toBe(false);
        }
      }),
    );
  });

  it('knows the names of what is there already', () => {
    for (const name of ['Deal', 'deals', 'contact', 'Task', 'Affare', 'Negociación', 'FAKTURY'])
      expect(namesAThing(name), name).toBe(true);
    for (const name of ['Deal review', 'Заявка']) expect(namesAThing(name), name).toBe(false);
  });
});
