import { expect, test } from 'vitest';
import { insertField } from '../../crm/fields/fields.store.ts';
import { insertFile } from '../../platform/files/files.store.ts';
import { engineBench } from '../drain/testing-drain.ts';
import { bringFileIn, exported, rowsOf } from './testing-import.ts';

const bench = engineBench();

async function addFields(): Promise<{ contact: number; item: number; file: number }> {
  const here = bench.here();
  const contact = await here.addContact({ name: 'Cleo' });
  const item = await here.addItem();
  const kinds = { agent: 'client', follows: 'item', papers: 'file', page: 'link', mobile: 'phone' } as const;
  return here.inside(async (tx) => {
    for (const [code, kind] of Object.entries(kinds)) {
      const multiple = kind === 'item' || kind === 'file';
      await insertField(tx, { type: 'deal', code, name: code, kind, multiple, options: [], requiredStages: [] });
    }
    const about = { name: 'a.pdf', type: 'application/pdf', size: 1, sha256: '', authorId: null };
    const file = await insertFile(tx, { ...about, key: 'some-key-1', createdAt: new Date() });
    return { contact, item, file: file.id };
  });
}

test('cells that name a client, items and files are checked against what is here; the export gives them back', async () => {
  const { contact, item, file } = await addFields();
  const lines = [
    'Deal Name,agent,follows,papers,page,mobile',
    `Right,contact:${contact},${item},${file},shop.example/a,+48 600 100 200`,
    `Wrong,company:999,${item}; 999999,999,javascript:alert(1),`,
  ];
  const columns = ['title', 'agent', 'follows', 'papers', 'page', 'mobile'].map((to, column) => ({ column, to }));
  const { results, reasons } = await bringFileIn(
    { context: bench.context(), here: bench.here() },
    { bytes: Buffer.from(lines.join('\n')), target: 'deal', settings: { columns, badCells: 'empty' } },
  );
  expect(results).toEqual({ created: 2 });
  expect(reasons).toMatchObject({ 'unknown-client': 1, 'unknown-item': 1, 'unknown-file': 1, 'bad-value': 1 });

  const rows = rowsOf(await exported({ context: bench.context(), here: bench.here() }, { type: 'deal' }));
  const right = rows.find(({ title }) => title === 'Right');
  expect(right).toMatchObject({ agent: `contact:${contact}`, follows: String(item), papers: String(file) });
  expect(right?.page).toBe('https://shop.example/a');
  expect(rows.find(({ title }) => title === 'Wrong')).toMatchObject({ agent: '', follows: '', papers: '', page: '' });
});
