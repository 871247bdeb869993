import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { engineBench } from '../drain/testing-drain.ts';
import { findImport } from './job/imports.store.ts';
import { removeUnneeded } from './made-for-import.ts';
import { bringFileIn, exported, type Home, rowsOf } from './testing-import.ts';

const bench = engineBench();

const home = (): Home => ({ context: bench.context(), here: bench.here() });
type Kind = 'deal' | 'contact' | 'company';
const bring = (lines: readonly string[], target: Kind, settings: object = {}) =>
  bringFileIn(home(), { bytes: Buffer.from(lines.join('\r\n')), target, settings });
const all = async (type: Kind) => rowsOf(await exported(home(), { type }));
const fields = async () =>
  (await bench.rows<{ code: string }>(sql`select code from fields order by code`)).map(({ code }) => code);
const stages = async () =>
  (await bench.rows<{ code: string }>(sql`select code from stages order by position`)).map(({ code }) => code);
const notes = () =>
  bench.rows<{ title: string; text: string }>(sql`
    select i.title, t.text from timeline t join items i on i.workspace_id = t.workspace_id and i.id = t.item_id
    where t.kind = 'comment' order by i.id, t.id`);

describe('an import that brings nothing in', () => {
  test('leaves no field and no stage behind', async () => {
    const before = await stages();
    const refused = await bring(['Title,Stage,Amount,Shoe size', ',Call back,1,38', ',Ringing,2,39'], 'deal');
    expect(refused).toMatchObject({ state: 'done', done: 2, results: { refused: 2 } });
    const contacts = await bring(['Email,Shoe size,Owner', 'nobody,38,Eve'], 'contact');
    expect(contacts.results).toEqual({ refused: 1 });
    await bring(['Id,Title', 'k1,One'], 'deal');
    const skipped = await bring(['Id,Title,Shoe size,Stage', 'k1,One,38,Call back'], 'deal');
    expect(skipped.results).toEqual({ skipped: 1 });
    expect([await fields(), await stages()]).toEqual([[], before]);
  });

  test.each([
    ['companies without a name', 'company', ['Name,Industry,Owner', ',Doors,Jane', ',Windows,Joe'], { refused: 2 }],
    ['deals whose amounts are none', 'deal', ['Title,Amount,Colour', 'One,lots,red', 'Two,some,blue'], { refused: 2 }],
    ['deals of a stage alone', 'deal', ['Title,Stage,Rating', ',Ringing,5'], { refused: 1 }],
    ['contacts of a field alone', 'contact', ['Shoe size,Hat size', '38,57'], { refused: 1 }],
  ] as const)('as little of %s', async (_, target, lines, results) => {
    const before = [await fields(), await stages()];
    const job = await bring(lines, target, { badCells: 'refuse' });
    expect([job.results, await fields(), await stages()]).toEqual([results, ...before]);
  });

  test('leaves what somebody uses meanwhile, and what one row needed', async () => {
    const job = await bring(['Id,Title,Shoe size', 'k1,One,38', 'k2,,39'], 'deal');
    expect([job.results, await fields()]).toEqual([{ created: 2 }, ['shoe_size']]);
    await bench.here().inside(async (tx) => {
      const row = await findImport(tx, job.id);
      if (row !== undefined) await removeUnneeded(tx, { ...row, results: { refused: 2 } });
    });
    expect(await fields()).toEqual(['shoe_size']);
  });
});

describe('an owner who is not here', () => {
  const deals = ['Id,Title,Owner,Helper', 'd1,One,Jane Seller,Tom', 'd2,Two,Anna,', 'd3,Three,Joe,'];

  test('is kept in a note on the item of the row, once', async () => {
    const helper = { column: 3, to: 'new', kind: 'person' };
    const columns = [{ column: 0, to: 'key' }, { column: 1, to: 'title' }, { column: 2, to: 'responsible' }, helper];
    const job = await bring(deals, 'deal', { columns });
    expect(job).toMatchObject({ results: { created: 3 }, reasons: { 'unknown-person': 2 } });
    const said = [
      { title: 'One', text: 'From the imported file; not an employee here:\nOwner: Jane Seller\nHelper: Tom' },
      { title: 'Three', text: 'From the imported file; not an employee here:\nOwner: Joe' },
    ];
    expect(await notes()).toEqual(said);
    const again = columns.map((column) => (column === helper ? { column: 3, to: 'helper' } : column));
    expect((await bring(deals, 'deal', { columns: again, duplicates: 'update' })).results).toEqual({ updated: 3 });
    await bring(deals, 'deal', { columns: again });
    expect(await notes()).toEqual(said);
    await bring(
      deals.map((line) => line.replace('Joe', 'Jim')),
      'deal',
      { columns: again, duplicates: 'update' },
    );
    expect((await notes()).map(({ text }) => text.split('Owner: ')[1])).toEqual([
      'Jane Seller\nHelper: Tom',
      'Joe',
      'Jim',
    ]);
  });

  test('is kept in a chosen field, in one of that name, or nowhere', async () => {
    const plain = deals.map((line) => line.split(',').slice(0, 3).join(','));
    await bring(plain, 'deal', { unknownOwners: 'field' });
    expect(await fields()).toEqual(['owner']);
    const owners = async () =>
      Object.fromEntries((await all('deal')).map(({ key, owner, seller }) => [key, [owner, seller]]));
    expect(await owners()).toEqual({ d1: ['Jane Seller', undefined], d2: ['', undefined], d3: ['Joe', undefined] });

    const more = plain.map((line) => line.replace(/^d/, 'e'));
    await bring(['Title,Seller', 'With a seller,nobody'], 'deal');
    await bring(more, 'deal', { unknownOwners: 'field', ownerField: 'seller' });
    await bring(
      more.map((line) => line.replace(/^e/, 'f')),
      'deal',
      { unknownOwners: 'field' },
    );
    await bring(
      more.map((line) => line.replace(/^e/, 'g')),
      'deal',
      { unknownOwners: 'leave' },
    );
    expect(await owners()).toMatchObject({ e1: ['', 'Jane Seller'], f1: ['Jane Seller', ''], g1: ['', ''] });
    expect([await fields(), await notes()]).toEqual([['owner', 'seller'], []]);
    await expect(bring(plain, 'deal', { unknownOwners: 'field', ownerField: 'nowhere' })).rejects.toMatchObject({
      errors: [{ path: 'ownerField', code: 'unknown-field' }],
    });
  });

  test.each([
    ['an address of nobody here', 'jane@elsewhere.test'],
    ['a name in the other order', 'Seller, Jane'],
    ['a number of another system', '4711'],
  ])('stands in the note as it was written: %s', async (_, owner) => {
    const columns = [
      { column: 0, to: 'title' },
      { column: 1, to: 'responsible' },
    ];
    await bring(['Title,Owner', `One,"${owner}"`], 'deal', { columns });
    expect(await notes()).toEqual([
      { title: 'One', text: `From the imported file; not an employee here:\nOwner: ${owner}` },
    ]);
  });

  test('of a client goes to a field of the column’s name, made only where somebody needs it', async () => {
    const contacts = ['Name,Contact Owner', 'Cleo,Jane Seller', 'Dora,Anna'];
    await bring(contacts.with(1, 'Cleo,Anna'), 'contact');
    expect(await fields()).toEqual([]);
    await bring(contacts, 'contact');
    expect(await fields()).toEqual(['contact_owner']);
    expect((await all('contact')).map(({ name, contact_owner: owner }) => [name, owner])).toEqual([
      ['Cleo', ''],
      ['Dora', ''],
      ['Cleo', 'Jane Seller'],
      ['Dora', ''],
    ]);
    await expect(bring(contacts, 'contact', { unknownOwners: 'note' })).rejects.toMatchObject({
      errors: [{ path: 'unknownOwners', code: 'no-notes' }],
    });
  });

  test('who is dismissed is nothing new where the record is theirs', async () => {
    const gone = await bench.here().addEmployee({ name: 'Gone', email: 'gone@firm.test' });
    await bring(['Name,Email,Owner', 'Cleo,cleo@client.test,Gone'], 'contact');
    await bench
      .here()
      .inside((tx) =>
        tx.updateTable('employees').set({ dismissed_at: bench.clock.now() }).where('id', '=', gone).execute(),
      );
    const file = await exported(home(), { type: 'contact' });
    const job = await bring([file], 'contact', { duplicates: 'update' });
    expect([job.results, job.reasons, await fields()]).toEqual([{ updated: 1 }, {}, []]);
    expect(await all('contact')).toMatchObject([{ responsible: 'gone@firm.test' }]);
  });
});
