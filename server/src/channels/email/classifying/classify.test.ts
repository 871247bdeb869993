import { describe, expect, it } from 'vitest';
import { letterFacts } from '../reading/letter-facts.ts';
import { parseEmail } from '../reading/parse-email.ts';
import { deliveryReport, letter, parsedLetter } from '../reading/testing-letters.ts';
import { classifyLetter } from './classify.ts';

const classify = async (headers: readonly string[], body?: string, envelopeFrom?: string) =>
  classifyLetter(letterFacts(await read(headers, body), envelopeFrom)).classification;
const read = (headers: readonly string[], body?: string) =>
  headers.some((line) => line.startsWith('From:')) ? parseEmail(letter(headers, body)) : parsedLetter(headers, body);

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
      'a list server that denies a post',
      ['From: team+owner@lists.test', 'Subject: Post to team@lists.test denied: Re: Offer'],
      'The message was unable to be delivered to the list because only subscribers may post.',
    ],
    [
      'a list that holds a post back',
      ['From: list-owner@lists.test', 'Subject: Message held for moderation'],
      'Your message to the list is being held: you are not a member.',
    ],
    [
      'a group that refuses',
      ['From: sales-noreply@groups.test', 'Subject: Your post was rejected'],
      'Posting to this group is restricted.',
    ],
    [
      'a list server that rejects',
      ['From: team-owner@lists.test', 'Subject: Request to mailing list Team rejected'],
      'You are not a member of this list.',
    ],
    [
      'a list server that waits',
      ['From: team-bounces@lists.test', 'Subject: Your message to Team awaits moderator approval'],
      'Is being held.',
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
    ['a Japanese subject', ['Subject: =?utf-8?B?6Ieq5YuV6L+U5L+h?=', 'Precedence: bulk'], 'x'],
    ['an absence in an answer', ['Subject: Out of office: Offer', 'In-Reply-To: <1@us.test>'], 'I am on vacation.'],
    ['an Italian absence by the null sender', ['Subject: Fuori sede', 'Return-Path: <>'], 'Sono in ferie.'],
    [
      'a ticket system',
      ['From: noreply@desk.test', 'Subject: Ticket 7', 'Auto-Submitted: auto-generated'],
      'We have received your request.',
    ],
    [
      'a ticket system that names its ticket',
      [
        'From: help@desk.test',
        'Subject: [Request received] Offer',
        'Auto-Submitted: auto-generated',
        'X-Auto-Response-Suppress: All',
      ],
      'Your request (1234) has been received and is being reviewed.',
    ],
    [
      'a Polish ticket system',
      [
        'From: pomoc@desk.test',
        'Subject: [1234]',
        'Auto-Submitted: auto-generated',
        'X-Auto-Response-Suppress: All',
        'Content-Type: text/plain; charset=utf-8',
      ],
      'Otrzymaliśmy Twoje zgłoszenie, odpowiemy w ciągu doby.',
    ],
    ['its header, whoever is to be answered', ['Auto-Submitted: auto-replied', 'Reply-To: ada@other.test'], 'x'],
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

  // What Outlook and Exchange put before the subject, in a letter that lost its headers on the way.
  it.each([
    ['Automatische Antwort: Angebot', 'Ich bin bis 5.1. nicht im Büro.'],
    ['Automatische Antwort: AW: Angebot 7', 'Vielen Dank für Ihre Nachricht. Ab Montag bin ich wieder da.'],
    ['Abwesenheitsnotiz: Angebot', 'Ab dem 7. Januar bin ich wieder erreichbar.'],
    ['Abwesenheitsnachricht: Rechnung', 'In dringenden Fällen wenden Sie sich an Frau Maier.'],
    ['Réponse automatique : Offre', "Bonjour, je serai de retour lundi. En cas d'urgence, appelez Jean."],
    ["Message d'absence : Offre", 'Je suis jusqu’au 5 janvier en congés.'],
    ['Automatisch antwoord: Offerte', 'Ik ben tot 5 januari niet op kantoor.'],
    ['Afwezigheidsbericht: Offerte', 'Bedankt voor uw bericht.'],
    ['Automatic reply: Offer', 'Thank you for your message. I will be back on Monday.'],
    ['Odpowiedź automatyczna: Oferta', 'W pilnych sprawach proszę o kontakt z Janem.'],
    ['Respuesta automática: Oferta', 'Gracias por su mensaje.'],
  ])('by the fixed words of a mail program and a sentence of its reply: %s', async (subject, text) => {
    const headers = [
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      'Content-Type: text/plain; charset=utf-8',
    ];

    expect(await classify(headers, text)).toBe('auto-reply');
    // An answer to it, and the words without the form or without such a sentence, are a person's.
    for (const [other, body] of [
      [`Re: ${subject}`, text],
      [subject, 'Können wir das abschalten? Il faut que ça cesse.'],
      [`${subject} - how do I turn this off?`, 'Please tell me.'],
    ] as const)
      expect(
        await classify([`Subject: =?utf-8?B?${Buffer.from(other).toString('base64')}?=`, headers[1] ?? ''], body),
      ).toBe('person');
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
    ['who asks about a list', ['Subject: Your message to Team was rejected'], 'I saw it in the archive, why?'],
    [
      'who owns a list',
      ['From: team-owner@lists.test', 'Subject: Offer'],
      'Only members may post, so I write directly.',
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
    ['who writes of an absence', ['Subject: Abwesenheit bei Lieferung'], 'Wer nimmt das Paket an?'],
    ['who asks for a call', ['Subject: Out of office hours call tomorrow?'], 'I am out of the office until noon.'],
    ['who complains of a colleague', ['Subject: =?utf-8?Q?Nieobecno=C5=9B=C4=87_kierowcy?='], 'Nikt nie przyjechał.'],
    ['who asks in Polish', ['Subject: Poza biurem - spotkanie jutro?'], 'Czy możemy spotkać się poza biurem?'],
    [
      'who says when to deliver',
      ['Subject: On vacation: who do I call?'],
      'I am on vacation next week; deliver after.',
    ],
    [
      'whom Exchange asks to spare absence notes',
      ['Subject: RE: Offer', 'X-Auto-Response-Suppress: DR, OOF, AutoReply'],
      'We accept.',
    ],
    ['who writes of absence in Italian', ['Subject: Assente il tecnico'], 'Sono in ferie da venerdì, venite prima.'],
    ['who writes of auto-replies', ['Subject: Automatic reply does not work'], 'Please mend it.'],
    ['who speaks of the office in Spanish', ['Subject: Fuera de la oficina por obras'], 'Estamos fuera.'],
    [
      'whose enquiry a portal passes on',
      ['From: noreply@portal.test', 'Reply-To: ada@client.test', 'Auto-Submitted: auto-generated', 'Precedence: bulk'],
      'This is an automated message, do not reply to this e-mail. New enquiry of Ada.',
    ],
    [
      'whose enquiry speaks of an absence',
      ['From: form@portal.test', 'Reply-To: ada@client.test', 'Auto-Submitted: auto-generated'],
      'I am on vacation until Monday, call me then.',
    ],
    [
      'whom a portal names in its text alone',
      ['From: noreply@portal.test', 'X-Auto-Response-Suppress: All', 'Auto-Submitted: auto-generated'],
      'This is an automatically generated message. E-mail: ada@client.test',
    ],
    ['whose shop sends a notice', ['Auto-Submitted: auto-generated'], 'A new contact form was filled in by Jan.'],
  ])('%s', async (_, headers, body) => {
    expect(await classify(headers, body)).toBe('person');
  });
});

it('takes the word of a spam filter', async () => {
  expect(await classify(['X-Spam-Flag: YES'])).toBe('spam');
});
