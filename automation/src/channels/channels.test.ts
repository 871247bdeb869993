import { describe, expect, it } from 'vitest';
import { languages } from '../kit/words/languages.ts';
import { channelKinds } from '../signals/channel-kinds.ts';
import { channelKindOf, channels, findChannelDefinition, providersOf } from './index.ts';

const parse = (settings: Readonly<Record<string, unknown>>) =>
  findChannelDefinition('mailbox', 'smtp')?.parse(settings);

describe('channel settings', () => {
  it('fill in what is not said', () => {
    expect(parse({ address: 'office@firm.test', smtpUser: null })).toEqual({
      ok: true,
      settings: {
        ...{ address: 'office@firm.test', senderName: '', writer: 'rule', holdClicks: 3, newSenders: 1_000 },
        ...{ smtpHost: '', smtpPort: 587, smtpSecurity: 'starttls', smtpUser: '', smtpPassword: '' },
        ...{ tie: 'latest', closedItemsToo: false, unknownClient: 'create lead', responsible: null },
      },
    });
  });

  it('are read without spaces around them, the address in lower case', () => {
    expect(parse({ address: ' Office@Firm.test ', smtpHost: 'smtp.firm.test\n' })).toMatchObject({
      settings: { address: 'office@firm.test', smtpHost: 'smtp.firm.test' },
    });
  });

  it.each([
    ['no address', {}, ['address'], 'required'],
    ['an address that is none', { address: 'office' }, ['address'], 'invalid-email'],
    ['a port above 65535', { address: 'a@b.test', smtpPort: 65_536 }, ['smtpPort'], 'too-big'],
    ['half a port', { address: 'a@b.test', smtpPort: 25.5 }, ['smtpPort'], 'type'],
    ['a text of a novel', { address: 'a@b.test', smtpHost: 'x'.repeat(501) }, ['smtpHost'], 'too-big'],
    ['a responsible by name', { address: 'a@b.test', responsible: 'Anna' }, ['responsible'], 'type'],
    ['an unknown setting', { address: 'a@b.test', colour: 'red' }, ['colour'], 'unknown-key'],
  ])('refuse %s', (_, settings, path, code) => {
    expect(parse(settings)).toMatchObject({ ok: false, problems: [{ path, code }] });
  });

  it('2.2 reach the latest item for mailboxes and all for calls and chats unless set otherwise', () => {
    const byDefault = channelKinds.map((kind) => [
      kind,
      [...new Set(providersOf(kind).map(({ ties }) => ties.tie?.default))],
    ]);
    expect(Object.fromEntries(byDefault)).toMatchObject({
      mailbox: ['latest'],
      'phone-line': ['all'],
      'open-channel': ['all'],
      'sms-provider': [undefined],
      'payment-provider': [undefined],
    });
  });
});

it('every kind of channel is found with its words', () => {
  expect(channelKinds.map((kind) => channelKindOf(kind).kind)).toEqual([...channelKinds]);
  expect(channelKindOf('mailbox').strings.pl.name).toBe('Skrzynki pocztowe');
});

it('the sandbox that a new workspace begins with is called as the workspace speaks', () => {
  const names = channels.flatMap(({ start, kind }) => (start === null || kind === 'mailbox' ? [] : start));
  expect(names).toHaveLength(4);
  for (const { nameIn } of names) expect(new Set(languages.map(nameIn)).size, nameIn('en')).toBeGreaterThan(3);
  expect(channels.find(({ key }) => key === 'phone-line/sandbox')?.start?.nameIn('pl')).toBe('Telefon (piaskownica)');
});
