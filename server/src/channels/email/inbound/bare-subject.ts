/** Without what mail programs of many languages, filters and ticket systems put around it, in lower case. */
export function bareSubject(subject: string): string {
  return peel(subject).bare;
}

/** Whether a subject calls itself an answer (`Re:`, `AW:`, `Odp:` …) or something sent on. */
export function isAnswer(subject: string): boolean {
  return peel(subject).prefixes > 0;
}

// Of answers and of what is sent on: English, Polish, Spanish, Portuguese, Italian, and the languages around them.
const PREFIX = new RegExp(
  `^(${[
    ...[
      're',
      'fw',
      'fwd',
      'odp',
      'odpowiedź',
      'pd',
      'przek',
      'przekazane',
      'dot',
      'dotyczy',
      'resp',
      'respuesta',
      'rv',
      'reenv',
      'reenviado',
    ],
    ...['res', 'resposta', 'enc', 'encaminhad[ao]', 'r', 'rif', 'risposta', 'i', 'inoltro', 'inoltrato', 'ref'],
    ...[
      'aw',
      'antw',
      'antwort',
      'wg',
      'weitergeleitet',
      'sv',
      'vs',
      'vb',
      'vl',
      'doorst',
      'tr',
      'rép',
      'réf',
      'ynt',
      'ilt',
      'ha',
      'továbbítás',
    ],
    ...[
      '回复',
      '回覆',
      '答复',
      '转发',
      '轉寄',
      '返信',
      '転送',
      'отв',
      'ответ',
      'на',
      'пересл',
      'hal',
      'trả lời',
      'השב',
      'הועבר',
    ],
  ].join('|')})\\.?\\s*(\\[\\d+\\]|\\(\\d+\\)|\\^\\d+)?\\s*[:：]\\s*`,
  'iu',
);

// What a ticket system answers with before the subject that it was sent.
const RECEIVED =
  /^\[?((issue|ticket|request|case|message|e-?mail) (received|created|opened|updated|closed|solved|resolved)|we(’|'| ha)ve received your (request|message|e-?mail)|(zgłoszenie|wiadomość) (przyjęt[ea]|otrzyman[ea]|utworzon[ea])|(otrzymaliśmy|przyjęliśmy) (zgłoszenie|wiadomość)|(solicitud|incidencia|consulta) (recibida|creada)|(solicitação|pedido|chamado) (recebid[ao]|criad[ao]|abert[ao])|(richiesta|segnalazione) (ricevuta|creata)|(anfrage|ticket) (erhalten|eingegangen|erstellt))\s*[\]:：]\s*/iu;

// The same words of filters without brackets: `EXTERNAL: Offer`, `Possible spam: Offer`.
const BARE_MARK =
  /^(external( e-?mail| sender)?|extern|externe|externo|esterno|zewnętrzn[ya]|(possible|potential|suspected|likely|probable) (spam|phishing)|spam|możliwy spam|posible spam|possível spam|possibile spam)\s*[:：]\s*/iu;

// Of servers and filters: `[EXTERNAL]`, `***SPAM***`, `{Spam?}`, `[Ticket #12]`. Other brackets are the writer's own.
const MARK_WORDS =
  '((warning|caution|attention|uwaga|atención|atenção|attenzione)\\s*[:!-]?\\s*)?ext(ern(al|o|a|e)?)?([ -](e-?)?mail|[ -]sender|[ -]source|[ -]message)?|zewnętrzn[yae]|esterno|outside|spam\\??|(possible|potential|suspected|likely|probable)[ -](spam|phishing)|phishing|junk|bulk|unsure|unchecked|suspicious|caution|warning|virus|newsletter|encrypted|secure|signed|(ticket|case|issue|request|zgłoszenie|incident)?\\s*[#:]?\\s*(id)?\\s*[#:]?\\s*[a-z]{0,6}-?\\d{2,20}';
const MARK = new RegExp(
  `^(\\[(${MARK_WORDS})\\]|\\{(${MARK_WORDS})\\}|\\((${MARK_WORDS})\\)|\\*{2,5}\\s*(${MARK_WORDS})\\s*\\*{2,5})\\s*[:-]?\\s*`,
  'iu',
);
const MARK_AT_END = new RegExp(`\\s*(\\[(${MARK_WORDS})\\]|\\*{2,5}\\s*(${MARK_WORDS})\\s*\\*{2,5})$`, 'iu');

// Before an answer's own mark it is a ticket system's, whatever that calls itself: `[Acme #12] Re: Offer`.
const TICKET = /^\[[^[\]]{1,60}#\s?\d{1,20}\]\s*/u;

function withoutTicket(subject: string): string {
  const rest = subject.replace(TICKET, '');
  return PREFIX.test(rest.replace(MARK, '')) ? rest : subject;
}

function peel(subject: string): { bare: string; prefixes: number } {
  let bare = subject.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
  let prefixes = 0;
  for (;;) {
    const inner = withoutTicket(bare).replace(PREFIX, '').replace(RECEIVED, '');
    if (inner !== bare) prefixes += 1;
    const next = inner.replace(MARK, '').replace(BARE_MARK, '').replace(MARK_AT_END, '');
    if (next === bare) return { bare, prefixes };
    bare = next;
  }
}
