import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { loadSecrets, readOrMakeSecret } from './secrets.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-secrets-'));
  return () => fs.rmSync(folder, { recursive: true });
});

test('makes a secret that only its owner can read', () => {
  const file = path.join(folder, 'new', 'secret');
  expect(readOrMakeSecret(file)).toMatch(/^[\w-]{43}$/);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
});

test('gives the same key at the next start', () => {
  expect(loadSecrets(folder).keyFor('sessions')).toEqual(loadSecrets(folder).keyFor('sessions'));
});

test('gives every purpose another key', () => {
  const { keyFor } = loadSecrets(folder);
  expect(keyFor('sessions')).not.toEqual(keyFor('tokens'));
  expect(keyFor('tokens')).toHaveLength(32);
});
