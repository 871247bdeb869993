import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitReply } from './split-reply.ts';

const ours = 'Here is our offer. You can cancel within 14 days.';
const marked = `> ${ours}\n> Sales`;

describe('what is quoted is not new', () => {
  it.each([
    ['Gmail, English', 'On Mon, 30 Nov 2026 at 10:00, Sales <sales@sandbox.test> wrote:'],
    ['Gmail over two lines', 'On Mon, 30 Nov 2026 at 10:00, Sales Department of Sandbox\n<sales@sandbox.test> wrote:'],
    ['Gmail, Polish', 'pon., 30 lis 2026 o 10:00 Sales <sales@sandbox.test> napisał(a):'],
    ['Thunderbird, Polish', 'W dniu 30.11.2026 o 10:00, Sales pisze:'],
    ['a Polish web mail', 'Dnia 30 listopada 2026 10:00 Sales <sales@sandbox.test> napisał(a):'],
    ['Gmail, Spanish', 'El lun, 30 nov 2026 a las 10:00, Sales (<sales@sandbox.test>) escribió:'],
    ['Gmail, Portuguese', 'Em seg., 30 de nov. de 2026 às 10:00, Sales <sales@sandbox.test> escreveu:'],
    ['Gmail, Italian', 'Il giorno lun 30 nov 2026 alle ore 10:00 Sales <sales@sandbox.test> ha scritto:'],
    ['Apple Mail, Italian', 'Il giorno 30 nov 2026, alle ore 10:00, Sales <sales@sandbox.test> ha scritto:'],
    ['Thunderbird, German', 'Am 30.11.26 um 10:00 schrieb Sales:'],
    ['Gmail, French', 'Le lun. 30 nov. 2026 à 10:00, Sales <sales@sandbox.test> a écrit :'],
    ['nothing but a name and a date', '30.11.2026, 10:00, "Sales" <sales@sandbox.test>:'],
    ['Apple Mail, Polish', 'Wiadomość napisana przez Sales <sales@sandbox.test> w dniu 30 lis 2026, o godz. 10:00:'],
    ['a Polish iPhone', 'Sales <sales@sandbox.test> w dniu 30.11.2026, o godz. 10:00, napisał(a):'],
    ['Apple Mail, Portuguese', 'No dia 30 de nov. de 2026, à(s) 10:00, Sales <sales@sandbox.test> escreveu:'],
    ['Gmail, in Portugal', 'Sales <sales@sandbox.test> escreveu (segunda, 30/11/2026 à(s) 10:00):'],
    ['Gmail, in Portugal, of a day', 'Sales <sales@sandbox.test> escreveu no dia segunda, 30/11/2026 à(s) 10:00:'],
    ['Spark', 'On 30 Nov 2026 at 10:00 +0100, Sales <sales@sandbox.test>, wrote:'],
    ['Roundcube', 'On 2026-11-30 10:00, Sales wrote:'],
    ['Onet', 'W dniu 2026-11-30 10:00:12 użytkownik Sales <sales@sandbox.test> napisał:'],
    ['Yahoo, Spanish', 'El lunes, 30 de noviembre de 2026, 10:00:00 CET, Sales <sales@sandbox.test> escribió:'],
    ['Zoho', '---- On Mon, 30 Nov 2026 10:00:00 +0100 Sales <sales@sandbox.test> wrote ----'],
  ])('below the head of %s', (_, head) => {
    expect(splitReply(`Great, we accept!\n\n${head}\n${marked}\n`)).toEqual({
      fresh: 'Great, we accept!',
      quoted: `${head}\n${marked}`,
      signature: '',
    });
    // Not every program marks the lines.
    expect(splitReply(`Great, we accept!\n\n${head}\n\n${ours}\n`).fresh).toBe('Great, we accept!');
  });

  it.each([
    'Sales pisze:',
    'Dział sprzedaży pisze:',
    'Biuro Obsługi Klienta Firmy ABC sp. z o.o. napisał(a):',
    'Anna wrote:',
    'You wrote:',
    'Mr. J. P. Smith wrote:',
    '*Anna Maria de la Cruz escribió:*',
    'Ventas escribe:',
    'Anna Rossi scrive:',
    'Ufficio vendite ha scritto:',
    'João da Silva escreveu:',
    'Vertrieb schrieb:',
    'Service clients a écrit :',
    'Quoting Sales Department:',
    'Zitat von Sales:',
    'Wiadomość od Sales:',
    'Sales wrote on Monday:',
    '--- Sales wrote ---',
    'Vertrieb schrieb am Montag:',
  ])('nor is the head %s, with neither date nor address, right above marked lines', (head) => {
    expect(splitReply(`Great, we accept!\n\n${head}\n${marked}`)).toEqual({
      fresh: 'Great, we accept!',
      quoted: `${head}\n${marked}`,
      signature: '',
    });
    expect(splitReply(`${head}\n\n${marked}\n\nWe accept.`).fresh).toBe('We accept.');
    // Without a quotation below it is the writer's own sentence.
    expect(splitReply(`Great!\n\n${head}\n\nwe take it.`).fresh).toContain(head);
  });

  it.each([
    'I do not agree with what Anna wrote:',
    'Nie zgadzam się z tym, co Sales pisze:',
    'Please cancel it. The order is wrong, Anna wrote:',
    'You should have read the offer before you wrote:',
    'My answers:',
    'Anna wrote the offer, so cancel that one of Monday:',
  ])('but %s stays though a quotation follows', (own) => {
    expect(splitReply(`Hello,\n${own}\n${marked}`).fresh).toBe(`Hello,\n${own}`);
  });

  it.each([
    [
      'Outlook, English',
      '________________________________\nFrom: Sales <sales@sandbox.test>\nSent: Monday, November 30, 2026 10:00 AM\nTo: Cleo\nSubject: Offer',
    ],
    [
      'Outlook, Polish',
      'Od: Sales <sales@sandbox.test>\nWysłano: poniedziałek, 30 listopada 2026 10:00\nDo: Cleo\nTemat: Oferta',
    ],
    [
      'Outlook, Spanish',
      'De: Sales <sales@sandbox.test>\nEnviado el: lunes, 30 de noviembre de 2026 10:00\nPara: Cleo\nAsunto: Oferta',
    ],
    [
      'Outlook, Portuguese',
      'De: Sales <sales@sandbox.test>\nEnviada em: segunda-feira, 30 de novembro de 2026 10:00\nPara: Cleo\nAssunto: Proposta',
    ],
    [
      'Outlook, Italian',
      'Da: Sales <sales@sandbox.test>\nInviato: lunedì 30 novembre 2026 10:00\nA: Cleo\nOggetto: Offerta',
    ],
    ['Outlook, in bold', '*From:* Sales <sales@sandbox.test>\n*Sent:* Monday\n*To:* Cleo\n*Subject:* Offer'],
    ['a help desk', '##- Please type your reply above this line -##\n\nSales, Nov 30, 2026, 10:00 GMT+1:'],
    ['a Polish help desk', '##- Wpisz odpowiedź powyżej tego wiersza -##'],
    [
      'Outlook for Mac, Polish',
      'Od: Sales <sales@sandbox.test>\nData: poniedziałek, 30 listopada 2026 o 10:00\nDo: Cleo\nTemat: Oferta',
    ],
    [
      'Samsung, Italian',
      '-------- Messaggio originale --------\nDa: Sales <sales@sandbox.test>\nData: 30/11/26 10:00 (GMT+01:00)\nA: Cleo\nOggetto: Offerta',
    ],
    ['an old Outlook', '-----Original Message-----\nFrom: Sales'],
    ['a Polish program', '-------- Wiadomość oryginalna --------'],
    ['a Spanish program', '-----Mensaje original-----'],
    ['a Portuguese program', '-----Mensagem original-----'],
    ['an Italian program', '-----Messaggio originale-----'],
  ])('below the block of %s, to the end', (_, block) => {
    const { fresh, quoted } = splitReply(
      `Great, we accept!\r\n\r\n${block}\n\n${ours}\nBest regards\nSales\n`.replaceAll('\r', ''),
    );

    expect(fresh).toBe('Great, we accept!');
    expect(quoted).toContain(ours);
  });

  it('answers between and below what is quoted are new', () => {
    const text = `On Mon, 30 Nov 2026 at 10:00, Sales <sales@sandbox.test> wrote:\n> Do you want one?\nYes.\n> Or two?\n> Three?\nNo, one.`;

    expect(splitReply(text).fresh).toBe('Yes.\nNo, one.');
  });

  it('an answer of nothing says nothing, and a mail sent on without a word says what was sent on', () => {
    const forwarded =
      '---------- Forwarded message ---------\nFrom: A <a@b.test>\nDate: Mon\nSubject: Invoice\n\nPlease pay invoice 7.';

    expect(splitReply(`On Mon, 30 Nov 2026 at 10:00, Sales <s@sandbox.test> wrote:\n${marked}`).fresh).toBe('');
    expect(splitReply(forwarded).fresh).toContain('Please pay invoice 7.');
    expect(splitReply(`See below\n\n${forwarded}`).fresh).toBe('See below');
  });
});

describe('what only looks like a quotation is new', () => {
  it.each([
    'On Monday he wrote:\nI will come.',
    'In 2024 you wrote: we deliver in 3 days.\nIs that so?',
    'On page 3 he wrote:\n\nthe price is 5.',
    'From: Warsaw\nI would like to go to Berlin.',
    'De: acuerdo\nNos vemos el lunes.',
    'Temat: faktura\nDo: piątku',
    'The price:\n- one\n- two',
    'a > b',
  ])('%j', (text) => {
    expect(splitReply(text)).toEqual({ fresh: text, quoted: '', signature: '' });
  });
});

describe('a signature is not new', () => {
  it.each([
    ['--\nCleo Client\nFirm\n+48 600 000 000', 'the mark'],
    ['Best regards,\nCleo Client\nFirm | www.client.test', 'English'],
    ['Kind regards', 'a closing alone'],
    ['Pozdrawiam serdecznie,\nAnna Nowak\ntel. 600 000 000', 'Polish'],
    ['Z poważaniem\nAnna Nowak', 'Polish, formal'],
    ['Un cordial saludo,\nAna', 'Spanish'],
    ['Atenciosamente,\nAna', 'Portuguese'],
    ['Cordiali saluti\nAnna', 'Italian'],
    ['Sent from my iPhone', 'a telephone'],
    ['Wysłane z iPhone’a', 'a Polish telephone'],
    ['Enviado desde mi iPhone', 'a Spanish telephone'],
    ['Enviado do meu iPhone', 'a Portuguese telephone'],
    ['Inviato da iPhone', 'an Italian telephone'],
    ['Get Outlook for Android', 'an application'],
    ['Wysłano z programu Outlook dla systemu iOS', 'a Polish application'],
    ['Łączę pozdrowienia,\nJan', 'Polish, of a letter'],
    ['Dziękuję i pozdrawiam\nJan Kowalski\ntel. 600 000 000', 'Polish, with thanks'],
    ['Pozdr.\nJan', 'Polish, short'],
    ['Un saludo,\nAna García', 'Spanish, plain'],
    ['Gracias y saludos\nAna', 'Spanish, with thanks'],
    ['Att.,\nJoão', 'Portuguese, short'],
    ['Grazie e cordiali saluti,\nMario Rossi', 'Italian, with thanks'],
    ['Thanks,\nAnna', 'thanks above a name'],
    ['Best, Anna', 'a word and a name'],
    ['Obrigado,\nJoão Silva', 'Portuguese thanks above a name'],
  ])('%j: %s', (signature) => {
    expect(splitReply(`We accept.\n\n${signature}\n`)).toEqual({
      fresh: 'We accept.',
      quoted: '',
      signature: signature.trim(),
    });
    expect(
      splitReply(`We accept.\n\n${signature}\n\nOn Mon, 30 Nov 2026 at 10:00, S <s@sandbox.test> wrote:\n${marked}`)
        .fresh,
    ).toBe('We accept.');
  });

  it.each([
    'As regards the timeline, we are done by Friday.',
    'Sent from our warehouse on Monday.',
    'Cheers to the team!\nWhen do you deliver?',
    'Hello,\n\nBest regards from Rome, where I am now.\n\nDo you have the blue one?',
    'Kind regards,\nAnna\n\nPS: cancel my order.',
    'We accept.\nThanks, John.\nPlease send the invoice by Friday.',
    'Which hotel?\nBest Western',
    'We accept. Thank you!',
    'Dziękuję,\nproszę anulować zamówienie.',
    '-- first point\n-- second point',
  ])('but %j is', (text) => {
    expect(splitReply(text)).toEqual({ fresh: text, quoted: '', signature: '' });
  });

  it('a letter of nothing but a greeting is the letter', () => {
    expect(splitReply('Pozdrawiam\nAnna').fresh).toBe('Pozdrawiam\nAnna');
  });
});

it('loses no line, whatever the text', () => {
  const line = fc.constantFrom(
    'Hello',
    '> quoted',
    '-- ',
    'Regards',
    'On 1 May 2026 at 10:00, A <a@b.test> wrote:',
    'From: a',
    'Sent: b',
    'To: c',
    '',
    'words and words',
    '___________',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const { fresh, quoted, signature } = splitReply(lines.join('\n'));
      const said = (text: string) =>
        text
          .split('\n')
          .map((one) => one.trim())
          .filter((one) => one !== '');

      expect([fresh, quoted, signature].flatMap(said).toSorted()).toEqual(lines.flatMap(said).toSorted());
    }),
  );
});

// Milliseconds; what looked at every rest of the text again and again would not end within the runner's patience.
it.each(['>', 'On 1 ', 'On 1\n', 'From: a\n', 'regards\n', 'Sent from my ', '*', '- ', 'wrote:\n', '<a@b'])(
  'comes to an end on %j for ever',
  (part) => {
    expect(splitReply(part.repeat(100_000)).quoted.length).toBeGreaterThanOrEqual(0);
  },
);
