import { describe, expect, it } from 'vitest';
import { type Fetch, judgeFetch, judgeReported, type NearbyFetch } from './judge-fetch.ts';

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
type Earlier = Omit<NearbyFetch, 'lastAt'>;
const opened: Earlier = { ...open, at: after(590), machine: false };
const judge = (fetched: Fetch, earlier: readonly Earlier[] = []) =>
  judgeFetch(fetched, {
    sentAt,
    nearby: earlier.map((one) => ({ lastAt: one.at, ...one })),
    wasOpened: earlier.some(({ kind }) => kind === 'open'),
  });

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

describe('9.1 a program is told by what it is, not by whom it names', () => {
  it.each([
    'acme-fetch/1.0 (joe@outlook.com)',
    'LinkFetcher/2 (+mailto:ops@protonmail.com)',
    'fetcher/1.0 https://outlook.live.com/me',
    'hello/0.1 contact<at>superhuman.com',
    'Checker/3 (crawler-team [at] airmail.example)',
    'aws-cli/1.16.102 Python/3.7 Windows/10 botocore/1.12.92',
    'aws-sdk-go-v2/1.24.1 os/linux lang/go#1.20.4',
    'rusoto/0.36.0 rust/1.33.0 linux',
    'Apache-CXF/3.2.9',
    'ReactorNetty/0.9.6.RELEASE',
    'MinIO (linux; amd64) minio-go/v6.0.39',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.193 Safari/537.36 GTmetrix',
    "Xenu's Link Sleuth 1.0p",
    'ThunderbirdBot/2.0 (me@gmx.test)',
    'Dart/3.2 (dart:io)',
    'Uptime-Kuma/1.23.0',
  ])('a machine: %s', (userAgent) => {
    expect(judgeReported({ userAgent }).machine).toBe(true);
  });

  it.each([
    '[FBAN/FBIOS;FBAV/194.0.0.38.99;FBBV/127868476;FBDV/iPhone7,2]',
    '[FBAN/FB4A;FBAV/130.0.321;FBBV/149649;FBDM/{density=1.5,width=480};FBLC/es_ES;FBPN/com.facebook.katana;FBDV/LG-P920]',
    'Dalvik/1.2.0 (Linux; U; Android 2.2.2; HTC Desire) [FBAN/Orca-Android;FBAV/2.6.1-release]',
    'Snapchat/10.29.1.0 (iPhone10,1; iOS 11.2; gzip)',
    'Mozilla/5.0+(iPhone;+CPU+iPhone+OS+9_3_1+like+Mac+OS+X)+AppleWebKit/601.1.46+(KHTML,+like+Gecko)+Version/9.0+Mobile/13E238+Safari/601.1',
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.6326; Pro)',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Thunderbird/115.3.1',
    'Outlook-iOS/665.29827.prod.iphone (2.63.0)',
    'Twitter for iPhone/10.0',
    'Line/13.0.1 (iPhone; iOS 17)',
    'K-9 Mail/6.8',
    'Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; pl) Presto/2.12.423 Version/12.16',
    'Lynx/2.8.9rel.1 libwww-FM/2.14',
    'Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0 Mobile Safari/537.36',
  ])('a person: %s', (userAgent) => {
    expect(judgeReported({ userAgent }).machine).toBe(false);
  });

  it('in a moment, however long it is', () => {
    for (const part of ['@', 'a@', 'mailto:', '(', ' x', '+']) judgeReported({ userAgent: part.repeat(100_000) });
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
