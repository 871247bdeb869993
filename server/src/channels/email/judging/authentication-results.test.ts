import { describe, expect, it } from 'vitest';
import { readTrustedResults } from './authentication-results.ts';
import { concludeOf } from './verdict.ts';

const none = { result: 'none', domain: null };

describe('the word of a trusted relay', () => {
  it.each([
    [
      'is read with its domains',
      [
        'mx.firm.test; spf=pass smtp.mailfrom=cleo@client.test; dkim=pass header.d=client.test header.s=s1; dmarc=pass header.from=client.test',
      ],
      {
        ...{ spf: { result: 'pass', domain: 'client.test' }, dkim: { result: 'pass', domain: 'client.test' } },
        dmarc: { result: 'pass', domain: 'client.test' },
      },
    ],
    [
      'is read in capitals and with a version',
      ['MX.Firm.Test 1; DMARC=Fail header.from=Client.Test'],
      { spf: none, dkim: none, dmarc: { result: 'fail', domain: 'client.test' } },
    ],
    [
      'takes the good signature of several',
      ['mx.firm.test; dkim=fail header.d=a.test; dkim=pass header.d=b.test'],
      { spf: none, dkim: { result: 'pass', domain: 'b.test' }, dmarc: none },
    ],
    [
      'is not read out of comments',
      ['mx.firm.test; dmarc=fail (x; dmarc=pass header.from=a.test) header.from=a.test'],
      { spf: none, dkim: none, dmarc: { result: 'fail', domain: 'a.test' } },
    ],
    [
      'is the uppermost',
      ['mx.firm.test; dmarc=fail', 'mx.firm.test; dmarc=pass'],
      { spf: none, dkim: none, dmarc: { result: 'fail', domain: null } },
    ],
    ['says nothing', ['mx.firm.test; none'], { spf: none, dkim: none, dmarc: none }],
    [
      'stands below what others wrote',
      ['mx.evil.test; dmarc=pass', 'mx.firm.test; dmarc=fail'],
      { spf: none, dkim: none, dmarc: { result: 'fail', domain: null } },
    ],
  ])('%s', (_, results, expected) => {
    expect(readTrustedResults(results, ['mx.firm.test'])).toEqual(expected);
  });

  it.each([
    [['mx.evil.test; dmarc=pass']],
    [['xmx.firm.test; dmarc=pass']],
    [['; dmarc=pass']],
    [['(mx.firm.test) mx.evil.test; dmarc=pass']],
    [[]],
  ])('is not that of others: %j', (results) => {
    expect(readTrustedResults(results, ['mx.firm.test'])).toBeUndefined();
  });
});

describe('the verdict', () => {
  const pass = (domain: string) => ({ result: 'pass', domain });
  const fail = { result: 'fail', domain: 'client.test' };
  it.each([
    ['DMARC passes', { dmarc: pass('client.test') }, 'dmarc'],
    ['DMARC passes for another', { dmarc: pass('evil.test') }, 'nothing'],
    [
      'DMARC fails, whatever else passes',
      { dmarc: fail, spf: pass('client.test'), dkim: pass('client.test') },
      'forged',
    ],
    ['no policy, and a signature of the house', { dkim: pass('mail.client.test') }, 'dkim'],
    ['no policy, and a signature of another house', { dkim: pass('evil.test') }, 'nothing'],
    ['no policy, and SPF of the house', { spf: pass('client.test') }, 'spf'],
    ['no policy, and SPF of another house', { spf: pass('client.test.evil.test') }, 'nothing'],
    ['nothing at all', {}, 'nothing'],
    ['nothing came from the DNS', { isIncomplete: true }, 'no-answer'],
    [
      'DMARC could not be looked up',
      { dmarc: { result: 'temperror', domain: null }, spf: pass('client.test'), isIncomplete: true },
      'no-answer',
    ],
  ])('%s', (_, found, why) => {
    const all = {
      by: 'dns' as const,
      from: 'cleo@client.test',
      spf: none,
      dkim: none,
      dmarc: none,
      isIncomplete: false,
    };
    const verdict = concludeOf({ ...all, ...found });
    expect([verdict.why, verdict.isProven]).toEqual([why, ['dmarc', 'dkim', 'spf'].includes(why)]);
  });

  it('of who shares a provider is about the very domain', () => {
    const all = { by: 'dns' as const, dkim: none, dmarc: none, isIncomplete: false };
    expect(concludeOf({ ...all, from: 'a@gmail.com', spf: pass('gmail.com') }).isProven).toBe(true);
    expect(concludeOf({ ...all, from: 'a@x.gmail.com', spf: pass('gmail.com') }).isProven).toBe(false);
  });
});
