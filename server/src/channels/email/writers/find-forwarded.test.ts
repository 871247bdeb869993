import { describe, expect, it } from 'vitest';
import { processorMsOf } from '../../../platform/apart/testing-processor.ts';
import { parseEmail } from '../reading/parse-email.ts';
import { letter } from '../reading/testing-letters.ts';
import { findForwarded } from './find-forwarded.ts';

const found = (headers: readonly string[], body: string) =>
  findForwarded(parseEmail(letter(['From: boss@us.test', ...headers], body))).map(({ from, ...rest }) => ({
    ...{ address: from.address, name: from.name },
    ...rest,
  }));

describe('the writer of a forwarded letter is found', () => {
  it.each([
    [
      'Gmail',
      '---------- Forwarded message ---------\nFrom: Ada Client <ada@c.example>\nDate: Mon, 5 Jan 2026 at 10:00\nSubject: Question\nTo: <boss@us.test>\n\n\nwhat is the price?',
    ],
    [
      'Apple Mail',
      'Begin forwarded message:\n\n> From: Ada Client <ada@c.example>\n> Subject: Question\n> Date: 5 January 2026 at 10:00:00 CET\n> To: boss@us.test\n> \n> what is the price?',
    ],
    [
      'Outlook',
      '________________________________\nFrom: Ada Client <ada@c.example>\nSent: Monday, January 5, 2026 10:00 AM\nTo: Boss\nSubject: Question\n\nwhat is the price?',
      'FW: Question',
    ],
    [
      'Outlook with mailto',
      'From: Ada Client [mailto:ada@c.example]\nSent: Monday\nTo: Boss\nSubject: Question\n\nwhat is the price?',
      'FW: Question',
    ],
    [
      'Thunderbird',
      '-------- Forwarded Message --------\nSubject: 	Question\nDate: 	Mon, 5 Jan 2026 10:00:00 +0100\nFrom: 	Ada Client <ada@c.example>\nTo: 	boss@us.test\n\nwhat is the price?',
    ],
    [
      'a Polish Thunderbird',
      '-------- Treść przekazanej wiadomości --------\nTemat: \tQuestion\nData: \tMon, 5 Jan 2026 10:00:00 +0100\nNadawca: \tAda Client <ada@c.example>\nAdresat: \tboss@us.test\n\nwhat is the price?',
    ],
    [
      'an Italian Thunderbird',
      '-------- Messaggio Inoltrato --------\nOggetto: \tQuestion\nData: \tMon, 5 Jan 2026 10:00:00 +0100\nMittente: \tAda Client <ada@c.example>\nA: \tboss@us.test\n\nwhat is the price?',
    ],
    [
      'a Spanish Thunderbird',
      '-------- Mensaje reenviado --------\nAsunto: \tQuestion\nFecha: \tMon, 5 Jan 2026 10:00:00 +0100\nRemitente: \tAda Client <ada@c.example>\nDestinatario: \tboss@us.test\n\nwhat is the price?',
    ],
    [
      'a Polish Outlook',
      'Od: Ada Client <ada@c.example>\nWysłano: poniedziałek, 5 stycznia 2026 10:00\nDo: Boss\nTemat: Question\n\nwhat is the price?',
      'PD: Question',
    ],
    [
      'a Polish Thunderbird',
      '-------- Przekazana wiadomość --------\nTemat: Question\nData: Mon, 5 Jan 2026\nOd: Ada Client <ada@c.example>\nDo: boss@us.test\n\nwhat is the price?',
    ],
    [
      'a Spanish Outlook',
      '*De:* Ada Client <ada@c.example>\n*Enviado el:* lunes, 5 de enero de 2026\n*Para:* Boss\n*Asunto:* Question\n\nwhat is the price?',
      'RV: Question',
    ],
    [
      'a Spanish Apple Mail',
      'Inicio del mensaje reenviado:\n\nDe: Ada Client <ada@c.example>\nAsunto: Question\nFecha: 5 de enero de 2026\nPara: boss@us.test\n\nwhat is the price?',
    ],
    [
      'a Portuguese Gmail',
      '---------- Mensagem encaminhada ---------\nDe: Ada Client <ada@c.example>\nData: seg., 5 de jan.\nAssunto: Question\nPara: <boss@us.test>\n\nwhat is the price?',
    ],
    [
      'an Italian Outlook',
      'Da: Ada Client <ada@c.example>\nInviato: lunedì 5 gennaio 2026\nA: Boss\nOggetto: Question\n\nwhat is the price?',
      'I: Question',
    ],
    [
      'a German Outlook',
      'Von: Ada Client <ada@c.example>\nGesendet: Montag\nAn: Boss\nBetreff: Question\n\nwhat is the price?',
      'WG: Question',
    ],
  ])('below the text, by %s', (_, block, subject = 'Question') => {
    expect(
      found([`Subject: ${subject}`, 'Content-Type: text/plain; charset=utf-8'], `please take\n\n${block}`),
    ).toEqual([{ address: 'ada@c.example', name: 'Ada Client', subject: 'Question', text: 'what is the price?' }]);
  });

  it('in an enclosed message, and before what stands below the text', () => {
    const body = [
      '--b',
      'Content-Type: text/plain',
      '',
      'please take',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'From: Ada Client <ada@c.example>',
      'Subject: =?utf-8?Q?Pytanie_o_cen=C4=99?=',
      '',
      'ile?',
      '--b--',
    ].join('\n');
    expect(found(['Subject: x', 'Content-Type: multipart/mixed; boundary=b'], body)).toMatchObject([
      { address: 'ada@c.example', subject: 'Pytanie o cenę', text: 'ile?' },
    ]);
  });

  it('in HTML alone', () => {
    const html =
      '<div>please take</div><div>---------- Forwarded message ---------<br>From: <b>Ada</b> &lt;<a href="mailto:ada@c.example">ada@c.example</a>&gt;<br>Date: Mon<br>Subject: Question<br>To: boss<br></div><p>what?</p>';
    expect(found(['Subject: x', 'Content-Type: text/html'], html)).toMatchObject([
      { address: 'ada@c.example', subject: 'Question' },
    ]);
  });

  it('through a chain of colleagues, each in its order', () => {
    const head = (who: string) => `From: ${who}\nSent: Monday\nTo: x\nSubject: Question\n\n`;
    const body = `take it\n\n${head('Anna <anna@us.test>')}can you?\n\n${head('Ada <ada@c.example>')}what?`;
    expect(found(['Subject: Fwd: Question'], body).map(({ address }) => address)).toEqual([
      'anna@us.test',
      'ada@c.example',
    ]);
  });
});

describe('none is found', () => {
  it.each([
    [
      'in an answer that quotes',
      'Re: Question',
      'sure\n\nFrom: Ada <ada@c.example>\nSent: Monday\nTo: Boss\nSubject: Question\n\nwhat?',
    ],
    [
      'below the words of an answer in German',
      'AW: Question',
      'ja\n\n-----Original Message-----\nFrom: Ada <ada@c.example>\nSent: Monday\nSubject: Question\n\nwhat?',
    ],
    ['where there is no address', 'Fwd: Question', 'From: Ada\nSent: Monday\nTo: Boss\nSubject: Question'],
    ['in a list that looks like a head', 'Fwd: Question', 'From: us\nTo: them\nNote: none'],
  ])('%s', (_, subject, body) => {
    expect(found([`Subject: ${subject}`], body)).toEqual([]);
  });

  it('in a long hostile text, in no time', () => {
    const work = () => expect(found(['Subject: Fwd: x'], 'From: \n'.repeat(60_000))).toEqual([]);
    expect(processorMsOf(work)).toBeLessThan(15_000);
  });
});
