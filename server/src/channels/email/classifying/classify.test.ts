import { describe, expect, it } from 'vitest';
import { letterFacts } from '../reading/letter-facts.ts';
import { parseEmail } from '../reading/parse-email.ts';
import { deliveryReport, letter, parsedLetter } from '../reading/testing-letters.ts';
import { classifyLetter } from './classify.ts';

const classify = async (headers: readonly string[], body?: string, envelopeFrom?: string) =>
  classifyLetter(letterFacts(await parsedLetter(headers, body), envelopeFrom)).classification;

describe('a bounce is recognised', () => {
  it('by its report', async () => {
    const { classification, evidence } = classifyLetter(letterFacts(await parseEmail(deliveryReport())));

    expect(classification).toBe('bounce');
    expect(evidence).toContainEqual({ what: 'delivery-report', weight: 100, detail: 'report-type=delivery-status' });
  });

  it.each([
    [
      'plain text of a daemon',
      ['From: Mail Delivery System <mailer-daemon@mx.test>', 'Subject: Mail delivery failed'],
      'This message was created automatically by mail delivery software.',
    ],
    [
      'the failed recipients that Exim names',
      ['From: x@mx.test', 'Subject: Hm', 'X-Failed-Recipients: cleo@client.test'],
      'x',
    ],
    [
      'a German server',
      ['From: Postmaster <postmaster@mx.test>', 'Subject: Unzustellbar: Angebot', 'Return-Path: <>'],
      'Ihre Nachricht konnte nicht zugestellt werden.',
    ],
    [
      'an SMS gateway',
      ['From: post_master@gate.test', 'Subject: Re: Offer'],
      'Error: Invalid user address\n550 - no such user here',
    ],
    [
      'a complaint',
      ['From: fbl@mx.test', 'Content-Type: multipart/report; report-type=feedback-report; boundary=b'],
      '--b\n\nspam\n--b--',
    ],
    [
      'the JSON of a notification service',
      ['From: no-reply@sns.test'],
      '{"Message":"{\\"notificationType\\":\\"Bounce\\"}"}',
    ],
  ])('by %s', async (_, headers, body) => {
    const facts = letterFacts(await parseEmail(letter(headers, body)));

    expect(classifyLetter(facts).classification).toBe('bounce');
  });
});

describe('an auto-reply is recognised', () => {
  it.each([
    ['Auto-Submitted', ['Auto-Submitted: auto-replied'], 'x'],
    ['X-Autoreply', ['X-Autoreply: yes'], 'x'],
    ['Outlook', ['Subject: Automatic reply: Offer', 'X-Auto-Response-Suppress: All'], 'I am out of the office.'],
    ['a Polish subject', ['Subject: =?utf-8?Q?Automatyczna_odpowied=C5=BA:_Oferta?='], 'Jestem na urlopie.'],
    ['a German subject', ['Subject: Abwesenheitsnotiz: Angebot'], 'Ich bin im Urlaub.'],
    ['a Japanese subject', ['Subject: =?utf-8?B?6Ieq5YuV6L+U5L+h?='], 'x'],
    [
      'a read receipt',
      ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b'],
      '--b\n\nread\n--b--',
    ],
    ['an answer of a calendar', ['Content-Type: text/calendar; method=REPLY'], 'BEGIN:VCALENDAR'],
    [
      'a text and a header that alone prove nothing',
      ['Precedence: bulk', 'X-Auto-Response-Suppress: OOF'],
      'I am out of the office until Monday.',
    ],
  ])('by %s', async (_, headers, body) => {
    expect(await classify(headers, body)).toBe('auto-reply');
  });

  it('by the null sender of the envelope together with what it says', async () => {
    const body = 'I am currently on vacation. This is an automated response.';

    expect(await classify(['Subject: Offer'], body)).toBe('person');
    expect(await classify(['Subject: Offer'], body, '')).toBe('auto-reply');
  });
});

describe('a person remains a person', () => {
  it.each([
    ['who speaks of being away', ['Subject: Offer'], 'I am out of the office until Monday. Please call Jan.'],
    ['who answers an automatic reply', ['Subject: Re: Automatic reply: Offer'], 'Thanks, then on Monday.'],
    [
      'who complains about a failed delivery',
      ['Subject: Delivery failed'],
      'The parcel could not be delivered. Where is it?',
    ],
    [
      'who forwards a bounce',
      ['Subject: Fwd: Undelivered Mail'],
      'What is this?\n\n> This message was created automatically by mail delivery software.',
    ],
    [
      'on a mailing list',
      ['Precedence: bulk', 'List-Id: <sales.client.test>'],
      'We received your message about lists.',
    ],
    ['who invites to a meeting', ['Content-Type: text/calendar; method=REQUEST'], 'BEGIN:VCALENDAR'],
    ['whose shop sends a notice', ['Auto-Submitted: auto-generated'], 'A new contact form was filled in by Jan.'],
  ])('%s', async (_, headers, body) => {
    expect(await classify(headers, body)).toBe('person');
  });
});

it('takes the word of a spam filter', async () => {
  expect(await classify(['X-Spam-Flag: YES'])).toBe('spam');
});
