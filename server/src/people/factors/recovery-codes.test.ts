import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadSecrets } from '../../platform/config/secrets.ts';
import { hashesOf } from './recovery-codes.ts';

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-codes-'));
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const CODE = 'ABCD-EFGH-JKLM';
const slow = async (accountId: string, code = CODE) =>
  (await hashesOf({ dataDir }, accountId, code))[0]?.toString('hex');

it('a recovery code is kept by another hash for each account, however it is typed', async () => {
  expect(await slow('one')).toBe(await slow('one', ' abcdefghjklm'));
  expect(await slow('one')).not.toBe(await slow('two'));
  expect(await slow('one')).not.toBe(await slow('one', 'ABCD-EFGH-JKLN'));
});

it('a recovery code of before is known by the key alone, and none is made so any more', async () => {
  const before = createHmac('sha256', loadSecrets(dataDir).keyFor('recovery codes'))
    .update('ABCDEFGHJKLM')
    .digest('hex');
  const [now, old] = await hashesOf({ dataDir }, 'one', CODE);
  expect(old?.toString('hex')).toBe(before);
  expect(now?.toString('hex')).not.toBe(before);
});
