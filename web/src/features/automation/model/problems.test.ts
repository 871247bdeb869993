import { expect, it } from 'vitest';
import { cardsOf } from './file.ts';
import type { BoardFile } from './file-shape.ts';
import { locate, problemAt } from './problems.ts';

const file: BoardFile = {
  type: 'deal',
  pipeline: 'Sales',
  stages: [
    { code: 'NEW', name: 'New', kind: 'open' },
    { code: 'WARM', name: 'Interested', kind: 'open' },
  ],
  triggers: [
    { id: 'late', on: 'email/opened', stage: 'WARM' },
    { id: 'early', on: 'email/link-clicked', stage: 'NEW' },
  ],
  rules: [],
};

it('leads an error of the server to the card that was written in that place', () => {
  const [problem] = locate(
    [{ path: 'triggers[0].settings.links', code: 'required', message: 'missing' }],
    file,
    cardsOf(file),
  );
  expect(problem).toMatchObject({ uid: 't:early', field: 'settings.links' });
});

it('keeps what is about the whole board', () => {
  expect(locate([{ path: 'stages', code: 'left-out', message: 'has items' }], file, cardsOf(file))[0]?.uid).toBeNull();
});

it('finds an error inside a field', () => {
  const problems = locate(
    [{ path: 'triggers[1].settings.links[2]', code: 'pattern', message: 'no host' }],
    file,
    cardsOf(file),
  );
  expect(problemAt(problems, 'settings.links')?.message).toBe('no host');
  expect(problemAt(problems, 'settings.li')).toBeUndefined();
});
