import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-config-'));
  return () => fs.rmSync(folder, { recursive: true });
});

describe('loadConfig', () => {
  test('needs nothing to be set', () => {
    const config = loadConfig({}, folder);
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      dataDir: path.join(folder, 'data'),
      smtpListen: { host: '127.0.0.1', port: 2525 },
      sandbox: true,
    });
    expect([...config.roles]).toEqual(['web', 'engine', 'worker', 'channels']);
  });

  test('reads .env, and lets the environment win', () => {
    fs.writeFileSync(path.join(folder, '.env'), 'PORT=4000\nHOST=0.0.0.0\n');
    expect(loadConfig({ PORT: '5000' }, folder)).toMatchObject({ port: 5000, host: '0.0.0.0' });
  });

  test('takes an empty variable as not set', () => {
    fs.writeFileSync(path.join(folder, '.env'), 'PORT=4000\n');
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ' }, folder)).toMatchObject({ port: 4000, databaseUrl: undefined });
  });

  test.each([
    [undefined, ['loopback']],
    ['none', []],
    ['loopback, 10.0.0.0/8,2001:db8::/32', ['loopback', '10.0.0.0/8', '2001:db8::/32']],
  ])('believes these proxies, and no others: %s', (TRUSTED_PROXIES, trustedProxies) => {
    expect(loadConfig({ TRUSTED_PROXIES }, folder)).toMatchObject({ trustedProxies });
  });

  test.each([
    [{}, true],
    [{ PUBLIC_URL: 'http://127.0.0.1:3000' }, true],
    [{ PUBLIC_URL: 'https://crm.example.com' }, false],
    [{ PUBLIC_URL: 'https://localhost.example.com' }, false],
    [{ PUBLIC_URL: 'https://crm.example.com', PRIVATE_HOSTS: 'on' }, true],
    [{ PRIVATE_HOSTS: 'off' }, false],
  ])('lets channels speak to private networks on one’s own machine, or when told: %o', (env, privateHosts) => {
    expect(loadConfig(env, folder)).toMatchObject({ privateHosts });
  });

  test('takes part of the roles', () => {
    expect([...loadConfig({ ROLES: 'engine, worker' }, folder).roles]).toEqual(['engine', 'worker']);
  });

  test.each([
    ['PORT', { PORT: '99999' }],
    ['PORT', { PORT: 'http' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/x' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'crm.example.com' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy.example.com' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['ROLES', { ROLES: 'web,engines' }],
    ['SMTP_LISTEN', { SMTP_LISTEN: '2525' }],
    ['HEAP_MB', { HEAP_MB: 'much' }],
    ['HEAP_MB', { HEAP_MB: '100' }],
    ['SANDBOX', { SANDBOX: 'yes' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['SIGNALBOX_ADMIN_EMAIL', { SIGNALBOX_ADMIN_EMAIL: 'ada@example.com' }],
  ])('names %s when it is wrong: %o', (name, env) => {
    expect(() => loadConfig(env, folder)).toThrow(new RegExp(`not usable:\n  ${name}.*: must`));
  });

  test('names every wrong variable at once', () => {
    expect(() => loadConfig({ PORT: 'x', SANDBOX: 'y' }, folder)).toThrow(/PORT.*\n.*SANDBOX/);
  });
});
