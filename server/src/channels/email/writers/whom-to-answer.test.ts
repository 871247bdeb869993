import { expect, it } from 'vitest';
import { type Answerable, whomToAnswer } from './whom-to-answer.ts';

const letter = { from: 'ceo@corp.example', asked: 'ceo.corp@gmail.com', verified: false };

it.each<[string, Partial<Answerable>, string | null, string | null]>([
  ['an unproved letter that asks for answers at another house', {}, 'ceo@corp.example', 'ceo.corp@gmail.com'],
  ['the same at a provider of both', { from: 'ceo@gmail.com' }, 'ceo@gmail.com', 'ceo.corp@gmail.com'],
  ['the same from an address that nobody reads', { from: 'noreply@corp.example' }, letter.asked, letter.asked],
  ['a proved one', { verified: true }, letter.asked, null],
  ['one at which nobody looked', { verified: null }, letter.asked, null],
  [
    'an unproved one that asks for the same house',
    { asked: 'sales@mail.corp.example' },
    'sales@mail.corp.example',
    null,
  ],
  ['an unproved one that asks for its writer', { asked: 'ceo@corp.example' }, 'ceo@corp.example', null],
  ['one that nobody is to answer', { asked: null }, null, null],
])('%s is answered', (_, changes, to, elsewhere) => {
  expect(whomToAnswer({ ...letter, ...changes })).toEqual({ to, elsewhere });
});
