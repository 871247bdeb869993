import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { addVaultKey, dropOldVaultKeys, openVault } from './vault.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-vault-'));
  return () => fs.rmSync(folder, { recursive: true });
});

describe('a vault', () => {
  it('opens what it sealed, and seals the same text differently each time', () => {
    const vault = openVault(folder);
    const [one, two] = [vault.seal('żółw 🐢', 'a'), vault.seal('żółw 🐢', 'a')];
    expect([vault.unseal(one, 'a'), vault.unseal(two, 'a')]).toEqual(['żółw 🐢', 'żółw 🐢']);
    expect(one).not.toBe(two);
    expect(one).not.toContain('żółw');
    expect(fs.statSync(path.join(folder, 'channel-keys')).mode & 0o777).toBe(0o600);
  });

  it('answers what was never sealed', () => {
    expect(openVault(folder).unseal('plain', 'a')).toBe('plain');
  });

  it('opens nothing for another purpose, nothing that was changed, and nothing of another folder', () => {
    const vault = openVault(folder);
    const sealed = vault.seal('secret', 'a');
    expect(() => vault.unseal(sealed, 'b')).toThrow();
    expect(() => vault.unseal(`${sealed.slice(0, -3)}AAA`, 'a')).toThrow();
    const other = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-vault-'));
    expect(() => openVault(other).unseal(sealed, 'a')).toThrow(/key/);
    fs.rmSync(other, { recursive: true });
  });

  it('opens with earlier keys until they are dropped, also in a process that was running', () => {
    const running = openVault(folder);
    const sealed = running.seal('secret', 'a');
    addVaultKey(folder);
    expect(running.isSealed(sealed)).toBe(false);
    const again = running.seal(running.unseal(sealed, 'a'), 'a');
    expect(running.isSealed(again)).toBe(true);
    dropOldVaultKeys(folder);
    expect(running.unseal(again, 'a')).toBe('secret');
    expect(() => running.unseal(sealed, 'a')).toThrow(/key/);
  });
});
