import { expect, test } from 'vitest';
import { engineBench } from '../../automation/drain/testing-drain.ts';
import { exportItems } from './export-items.ts';
import { listItems } from './list-items.ts';

const bench = engineBench();

test('writes every item of the list, formulas as text', async () => {
  const { addItem, addContact, inside } = bench.here();
  const contactId = await addContact({ name: '=HYPERLINK("x")' });
  await addItem({ title: 'Plain', amount: '12.50', contactId });
  await addItem({ title: 'Other', stage: 'WON', fields: { source: 'a "b", c' } });
  let text = '';
  for await (const lines of exportItems(inside, { type: 'deal', sort: 'createdAt', now: bench.clock.now() }))
    text += lines.join('');
  const [headers, ...rows] = text.trim().split('\r\n');
  expect(headers).toMatch(
    /^key,title,pipeline,stage,amount,currency,responsible,contact.key,contact.name,contact.email,contact.phone,company.key,company.name,createdAt,source,/,
  );
  expect(rows[0]).toMatch(/^,Plain 1,Sales,NEW,12.5,EUR,\S+,,"'=HYPERLINK\(""x""\)",,,,,/);
  expect(rows[1]).toContain('"a ""b"", c"');
});

test('pages through a sorted list without losing or repeating one', async () => {
  const { addItems, inside } = bench.here();
  await addItems(7, { amount: '5' });
  await addItems(3, { amount: null });
  for (const sort of ['title', '-title', 'amount', '-amount', '-createdAt', 'movedAt', undefined]) {
    const ids: number[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await inside((tx) => listItems(tx, { limit: 3, cursor, sort, now: bench.clock.now() }));
      ids.push(...page.data.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(new Set(ids).size).toBe(10);
    expect(ids).toHaveLength(10);
  }
});
