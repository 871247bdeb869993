import { describe, expect, it } from 'vitest';
import { addressesOf, asksForFiles } from './recordings.ts';

const call = (...files: string[]) => ({ id: '1700.1', files: new Set(files) });

describe('where the recordings of a call are', () => {
  const cases: [string, string, ReturnType<typeof call>, string[]][] = [
    ['nowhere without a template', '', call('/var/spool/asterisk/monitor/a.wav'), []],
    [
      'below the folder that FreePBX records to',
      'https://pbx.test/monitor/{file}',
      call('/var/spool/asterisk/monitor/2026/12/01/in-221234567-+48600-1700.1.wav'),
      ['https://pbx.test/monitor/2026/12/01/in-221234567-%2B48600-1700.1.wav'],
    ],
    [
      'each of several',
      'https://pbx.test/{file}',
      call('/srv/a.wav', '/srv/b.wav'),
      ['https://pbx.test/srv/a.wav', 'https://pbx.test/srv/b.wav'],
    ],
    [
      'by the stored recordings of ARI',
      'http://pbx:8088/ari/recordings/stored/{name}/file',
      call('/var/spool/asterisk/recording/q 1.wav'),
      ['http://pbx:8088/ari/recordings/stored/q%201/file'],
    ],
    ['by the id of the call alone', 'https://pbx.test/{call}.wav', call(), ['https://pbx.test/1700.1.wav']],
    ['nowhere for a call that was not recorded', 'https://pbx.test/{file}', call(), []],
    [
      'never outside the folder, whatever the exchange says',
      'https://pbx.test/monitor/{file}',
      call('/var/spool/asterisk/monitor/../../../etc/passwd', '../../a?b#c', 'http://evil.test/$&'),
      [
        'https://pbx.test/monitor/etc/passwd',
        'https://pbx.test/monitor/a%3Fb%23c',
        'https://pbx.test/monitor/http%3A/evil.test/%24%26',
      ],
    ],
  ];
  it.each(cases)('is %s', (_, template, of, addresses) => {
    expect(addressesOf(template, of)).toEqual(addresses);
  });

  it('is asked for only where the address needs the file', () => {
    expect(['', 'https://a.test/{call}', 'https://a.test/{name}'].map(asksForFiles)).toEqual([false, false, true]);
  });
});
