import { expect, it } from 'vitest';
import { ConfigError } from '../../platform/config/config.ts';
import { startTestServer } from '../testing.ts';
import { ensureFirstAccount } from './first-account.ts';

it.each(['eight888', 'elevenchars', 'qwertyuiop123'])(
  'the first account of the settings is not made with the password %s, whose replacement is spoken of',
  async (password) => {
    const env = { SIGNALBOX_ADMIN_EMAIL: 'ada@firm.test', SIGNALBOX_ADMIN_PASSWORD: password };
    const server = await startTestServer(env);
    await expect(ensureFirstAccount(server.context)).rejects.toThrow(ConfigError);
    await expect(ensureFirstAccount(server.context)).rejects.toThrow(/ADMIN_PASSWORD: must have at least 12.*set a/);
    expect((await server.call('GET', '/api/v1/setup')).body).toMatchObject({ needsFirstAccount: true });
    await server.close();
  },
);

it('the first account of the settings is made with a good one, and what the settings hold later stops no start', async () => {
  const given = { email: 'ada@firm.test', password: 'correct horse battery' };
  const env = { SIGNALBOX_ADMIN_EMAIL: given.email, SIGNALBOX_ADMIN_PASSWORD: given.password };
  const server = await startTestServer(env);
  await ensureFirstAccount(server.context);
  expect((await server.call('POST', '/api/v1/session', { body: given })).status).toBe(204);
  const { config } = server.context;
  const later = { ...server.context, config: { ...config, admin: { ...given, password: 'short' } } };
  await ensureFirstAccount(later);
  expect((await server.call('POST', '/api/v1/session', { body: given })).status).toBe(204);
  await server.close();
});
