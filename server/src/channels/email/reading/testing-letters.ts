import { parseEmail } from './parse-email.ts';

/** For tests: a raw message of the given header lines and body, with the line ends that SMTP wants. */
export function letter(headers: readonly string[], body = 'Hello.'): Buffer {
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}\r\n`);
}

export const fromClient = [
  'From: Cleo Client <cleo@client.test>',
  'To: sales@sandbox.test',
  'Message-ID: <1@client.test>',
] as const;

export function parsedLetter(headers: readonly string[], body?: string) {
  return parseEmail(letter([...fromClient, ...headers], body));
}

/** A delivery report as Postfix and others write it. */
export function deliveryReport(options: { originalId?: string; action?: string; recipient?: string } = {}): Buffer {
  const { originalId = '<offer@sandbox.test>', action = 'failed', recipient = 'cleo@client.test' } = options;
  return letter(
    [
      'From: MAILER-DAEMON@mx.client.test (Mail Delivery System)',
      'To: sales@sandbox.test',
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <bounce@mx.client.test>',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    ],
    [
      ...[
        '--b',
        'Content-Type: text/plain',
        '',
        'Your message could not be delivered.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
      ],
      ...[
        'Reporting-MTA: dns; mx.client.test',
        '',
        `Final-Recipient: rfc822; ${recipient}`,
        `Action: ${action}`,
        'Status: 5.1.1',
      ],
      ...['Diagnostic-Code: smtp; 550 5.1.1 User unknown', '--b', 'Content-Type: text/rfc822-headers', ''],
      ...[`Message-ID: ${originalId}`, 'Subject: Offer', '--b--'],
    ].join('\n'),
  );
}
