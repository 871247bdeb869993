import { describe, expect, it } from 'vitest';
import { type EarlierFetch, type Fetch, judgeFetch, judgeReported } from './judge-fetch.ts';

const sentAt = new Date('2026-01-05T09:00:00Z');
const after = (seconds: number) => new Date(sentAt.getTime() + seconds * 1000);
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const open: Fetch = {
  kind: 'open',
  url: null,
  at: after(600),
  userAgent: chrome,
  ip: '198.51.100.7',
  method: 'GET',
  purpose: null,
};
const click: Fetch = { ...open, kind: 'click', url: 'https://shop.test/1' };
const opened: EarlierFetch = { ...open, at: after(590), machine: false };
const judge = (fetched: Fetch, earlier: readonly EarlierFetch[] = []) => judgeFetch(fetched, { sentAt, earlier });

describe('9.1 a person', () => {
  it.each([
    ['opens', open, []],
    ['clicks after opening', click, [opened]],
    ['clicks with images off', click, []],
    ['opens at once: speed alone proves nothing', { ...open, at: after(0) }, []],
    ['clicks at once with images off', { ...click, at: after(1) }, []],
    [
      'opens in Gmail, through its proxy',
      {
        ...open,
        userAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      },
      [],
    ],
    [
      'opens in Outlook',
      { ...open, userAgent: 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.6326; Pro)' },
      [],
    ],
    [
      'clicks a second link',
      { ...click, url: 'https://shop.test/2' },
      [opened, { ...click, at: after(595), machine: false }],
    ],
    [
      'sits behind the address where a scanner was',
      click,
      [{ ...click, userAgent: 'curl/8', machine: true, at: after(599) }],
    ],
  ])('%s', (_, fetched, earlier) => {
    expect(judge(fetched, earlier).machine).toBe(false);
  });
});

describe('9.1 a machine', () => {
  it.each([
    ['Apple fetching in advance', { ...open, userAgent: 'Mozilla/5.0' }, []],
    [
      'Gmail fetching in advance',
      {
        ...open,
        userAgent:
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
      },
      [],
    ],
    ['a robot', { ...click, userAgent: 'python-requests/2.31' }, []],
    ['a scanner that names itself', { ...click, userAgent: 'BarracudaCentral/1.0' }, []],
    ['a scanner by its address', { ...click, ip: '148.163.130.9' }, []],
    ['a scanner by its address, mapped', { ...click, ip: '::ffff:40.107.1.2' }, []],
    ['one that asks for headers only', { ...click, method: 'HEAD' }, []],
    ['a browser that looks ahead', { ...click, purpose: 'prefetch;prerender' }, []],
    [
      'the rest of a caught one',
      { ...click, url: 'https://shop.test/2' },
      [{ ...click, machine: true, at: after(599) }],
    ],
    ['nobody, at once', { ...open, userAgent: null, at: after(1) }, []],
    [
      'one that follows every link at once without images',
      { ...click, url: 'https://shop.test/3', at: after(3) },
      [
        { ...click, at: after(2), machine: false },
        { ...click, url: 'https://shop.test/2', at: after(2), machine: false },
      ],
    ],
  ])('is %s', (_, fetched, earlier) => {
    expect(judge(fetched, earlier).machine).toBe(true);
  });
});

it('9.1 keeps each piece of evidence', () => {
  expect(judge({ ...open, userAgent: 'curl/8.1', at: after(2) }).evidence).toEqual([
    { what: 'agent-robot', weight: 100, detail: 'curl/8.1' },
    { what: 'soon-after-sending', weight: 40, detail: '2 s after it was sent' },
  ]);
});

it('9.1 judges what another system reports by what it knows', () => {
  expect(judgeReported({}).machine).toBe(false);
  expect(judgeReported({ userAgent: 'curl/8.1' }).machine).toBe(true);
  expect(judgeReported({ userAgent: chrome, ip: '67.231.150.1' }).machine).toBe(true);
});
