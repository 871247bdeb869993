import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { engineBench } from '../../automation/drain/testing-drain.ts';
import { makeFixture } from '../../platform/fixtures.ts';
import { exportClients } from './export-clients.ts';

const { here, database } = engineBench();

test('every client stands in the file once, however many pages they are, and none of another workspace', async () => {
  const { workspaceId, inside } = here();
  await inside((tx) =>
    sql`insert into contacts (workspace_id, name) select ${workspaceId}, 'Contact ' || n from generate_series(1, 2300) n`.execute(
      tx,
    ),
  );
  const rival = await makeFixture(database());
  await rival.addContact({ name: 'Theirs' });
  const lines: string[] = [];
  for await (const page of exportClients(inside, { kind: 'contact' })) lines.push(...page);
  const names = lines.slice(1).map((line) => line.split(',')[1]);
  expect(names).toHaveLength(2_300);
  expect(new Set(names).size).toBe(2_300);
  expect(names).not.toContain('Theirs');
});
