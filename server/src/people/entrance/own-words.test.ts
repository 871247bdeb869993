import { describe, expect, it } from 'vitest';
import { isOfOwnWords } from './own-words.ts';

const texts = ['Łukasz Nowak', 'l.nowak@harbour-trade.test', 'Harbour & Co'];

describe('a password', () => {
  it.each([
    ['the product and a year', 'Signalbox2026!'],
    ['the company twice', 'HarbourHarbour'],
    ['the company and the person', 'harbour.nowak.1'],
    ['the person without accents', 'LUKASZ-nowak-77'],
    ['the person with them', 'łukasznowak'],
    ['the address as it is', 'l.nowak@harbour-trade.test'],
    ['the domain and a few letters', 'my harbour-trade'],
  ])('of %s is of own words: %s', (_, password) => {
    expect(isOfOwnWords(password, texts)).toBe(true);
  });

  it.each([
    'correct horse battery',
    '483920174659',
    'harbour of sleepy whales',
    'signalboxes dream of trains',
    'nowhere to go now',
  ])('like %s is not', (password) => {
    expect(isOfOwnWords(password, texts)).toBe(false);
  });
});
