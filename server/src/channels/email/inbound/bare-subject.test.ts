import { describe, expect, it } from 'vitest';
import { bareSubject, isAnswer } from './bare-subject.ts';

describe('a subject that calls itself an answer', () => {
  it.each([
    ...['Re: Offer 7', 'RE : Offer 7', 'Re[2]: Offer 7', 'Re:Re: Offer  7', 'FW: Re: Offer 7', 'Fwd: Offer 7'],
    ...[
      'Odp: Offer 7',
      'ODP.: Offer 7',
      'PD: Offer 7',
      'Dotyczy: Offer 7',
      'RV: Offer 7',
      'Respuesta: Offer 7',
      'RES: Offer 7',
      'ENC: Offer 7',
    ],
    ...['R: Offer 7', 'I: Offer 7', 'Rif: Offer 7', 'AW: WG: Offer 7', 'Réf: Offer 7', '回复：Offer 7'],
    ...[
      '[EXTERNAL] Re: Offer 7',
      'EXTERNAL: Re: Offer 7',
      '[Warning: External sender] Odp: Offer 7',
      'Possible spam: Re: Offer 7',
      'Re: [Potential phishing] Offer 7',
      'Re: [EXTERNAL] Offer 7',
      '***SPAM*** Re: Offer 7',
      '*****SPAM***** Odp: Offer 7',
      '{Spam?} RE: Offer 7',
    ],
    ...[
      '[EXT] [SPAM] RE: [EXT] Re: Offer 7',
      '[Ticket #4711] Re: Offer 7',
      '[Acme GmbH #4711] Re: Offer 7',
      '[support.acme.test #12] [EXT] AW: Offer 7',
      'Re: Offer 7 [EXTERNAL]',
      '[ZEWNĘTRZNY] Odp: Offer 7',
    ],
    ...[
      'Issue received: Offer 7',
      'Ticket created: Offer 7',
      '[Request received] Offer 7',
      'Zgłoszenie przyjęte: Offer 7',
      'Solicitud recibida: Offer 7',
    ],
    ...[
      '<External> Re: Offer 7',
      '*EXTERNAL* Re: Offer 7',
      'EXT: Re: Offer 7',
      '[CORREO EXTERNO] RE: Offer 7',
      '[E-mail externo] RES: Offer 7',
      '[Messaggio esterno] R: Offer 7',
      '[UWAGA: wiadomość zewnętrzna] Odp: Offer 7',
      '[***SPAM***] Re: Offer 7',
      '*****SPAM(6.2)***** Re: Offer 7',
      '{Disarmed} Re: Offer 7',
      '{Filename?} Re: Offer 7',
      '[Newsletter/Marketing] Re: Offer 7',
      'Re: Offer 7 (External)',
    ],
    ...[
      'Ticket Received - Offer 7',
      'Ticket #123: Offer 7',
      '#123: Re: Offer 7',
      'Re: [JIRA] (ABC-12) Offer 7',
      'Nowe zgłoszenie: Offer 7',
      'Caso creado: Offer 7',
      'Ticket aperto: Offer 7',
      'Automatyczna odpowiedź: Offer 7',
      'Re-2: Offer 7',
      '\u200eRe: Offer 7',
      'Re:\u200b Offer 7',
      'Σχετ: Offer 7',
    ],
    ...['Solicitação recebida: Offer 7', 'Richiesta ricevuta: Offer 7', '[EXTERNAL] Issue received: Offer 7'],
  ])('%s', (subject) => {
    expect(bareSubject(subject)).toBe('offer 7');
    expect(isAnswer(subject)).toBe(true);
  });
});

describe('a subject of its own', () => {
  it.each([
    ['Offer 7', 'offer 7'],
    ['[EXTERNAL] Offer 7', 'offer 7'],
    ['***SPAM*** Offer 7', 'offer 7'],
    ['[Project X] Status', '[project x] status'],
    ['[Order #2] Offer 7', '[order #2] offer 7'],
    ['Marketing: the plan', 'marketing: the plan'],
    ['<b> in titles', '<b> in titles'],
    ['Ticket - two for Friday', 'ticket - two for friday'],
    ['Results: July', 'results: july'],
    ['Important: read', 'important: read'],
    ['Issue received', 'issue received'],
    ['Spam', 'spam'],
    ['', ''],
  ])('%s', (subject, bare) => {
    expect(bareSubject(subject)).toBe(bare);
    expect(isAnswer(subject)).toBe(false);
  });

  it('is peeled at once, however many prefixes it has', () => {
    expect(bareSubject(`${'Re: [EXT] '.repeat(100)}Offer`)).toBe('offer');
    expect(bareSubject('['.repeat(1_000))).toBe('['.repeat(1_000));
    expect(bareSubject('*'.repeat(1_000))).toBe('*'.repeat(1_000));
  });
});
