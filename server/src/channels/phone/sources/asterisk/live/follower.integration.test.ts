import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChannel } from '../../../../../connections/channels.store.ts';
import { loadLine } from '../../../lines/line.ts';
import { openPhoneHouse, type PhoneHouse } from '../../../testing-phone.ts';
import { type FakeExchange, startFakeExchange } from '../testing-fake-exchange.ts';
import { createFollower, type Follower } from './follower.ts';

let house: PhoneHouse;
let exchange: FakeExchange;
let follower: Follower;
beforeAll(async () => {
  house = await openPhoneHouse();
  exchange = await startFakeExchange();
  const { id } = await house.ask('POST', '/api/v1/channels', {
    ...{ kind: 'phone-line', provider: 'asterisk', name: 'Office' },
    settings: { amiHost: '127.0.0.1', amiPort: exchange.port, amiUser: 'signalbox', amiSecret: 'secret' },
  });
  const [channel, line] = await house.inside(
    async (tx) => [await findChannel(tx, id), await loadLine(tx, id)] as const,
  );
  if (channel === undefined || line === undefined) throw new Error('no line');
  follower = createFollower(house.server.context, channel, line);
});
afterAll(async () => {
  await follower.stop();
  await exchange.close();
  await house.close();
});

it('leaves no connection behind when what follows the login fails', async () => {
  const away = () => Promise.reject(new Error('the database is away'));
  for (let attempt = 0; attempt < 3; attempt += 1)
    await expect(follower.connect(away)).rejects.toThrow('the database is away');

  await expect.poll(() => exchange.connected()).toBe(0);
});
