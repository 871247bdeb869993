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
      'תשובה',
      'הועבר',
      'رد',
      'σχετ',
      'απ',
      'vá',
    ],
  ].join('|')})\\.?\\s*(\\[\\d+\\]|\\(\\d+\\)|\\^\\d+|-\\d+)?\\s*[:：]\\s*`,
  'iu',
);

// What a ticket system answers with before the subject that it was sent, and what a mailbox puts before that of its absence note.
const RECEIVED = new RegExp(
  `^(\\[?(${[
    '(issue|ticket|request|case|message|e-?mail) (received|created|opened|updated|closed|solved|resolved)',
    "we(’|'| ha)ve received your (request|message|e-?mail)",
    '(nowe )?(zgłoszenie|wiadomość) (przyjęt[ea]|otrzyman[ea]|utworzon[ea])',
    'nowe zgłoszenie|potwierdzenie przyjęcia (zgłoszenia|wiadomości)',
    '(otrzymaliśmy|przyjęliśmy) (zgłoszenie|wiadomość)',
    '(solicitud|incidencia|consulta|caso|ticket) (recibid|cread|abiert)[ao]',
    '(solicitação|pedido|chamado|ticket|caso) (recebid|criad|abert)[ao]',
    '(richiesta|segnalazione|ticket|caso) (ricevut|creat|apert)[ao]',
    '(anfrage|ticket) (erhalten|eingegangen|erstellt)',
    'automatic reply|automatische antwort|automatyczna odpowiedź|odpowiedź automatyczna|respuesta automática|resposta automática|risposta automatica|réponse automatique',
  ].join(
    '|',
  )})\\s*(\\]|[:：]|\\s[-–](?=\\s))|(ticket|case|issue|request|zgłoszenie|sprawa|caso|chamado|richiesta)?\\s?#\\s?\\d{1,20}\\s*[:：])\\s*`,
  'iu',
);

const OUTSIDE =
  'ext(ern(al|o|a|e)?)?([ -](e-?)?mail|[ -]sender|[ -]source|[ -]message)?|zewnętrzn[yae]|(wiadomość|poczta) zewnętrzna|(correo|mensaje) externo|(e-?mail|correio|mensagem) extern[oa]|estern[oa]|((e-?)?mail|messaggio|posta) estern[oa]|externe (e-?mail|nachricht)|outside';
const UNWANTED =
  '(możliwy|posible|possível|possibile|definitely|(possible|potential|suspected|likely|probable)[ -])?\\s?\\*{0,5}spam\\*{0,5}\\??(\\s?\\(?\\d{1,3}([.,]\\d{1,2})?\\)?)?\\*{0,5}|((possible|potential|suspected|likely|probable)[ -])?phishing|junk|bulk';

// The same words of filters without brackets: `EXTERNAL: Offer`, `Possible spam: Offer`.
const BARE_MARK = new RegExp(`^(${OUTSIDE}|${UNWANTED})\\s*[:：]\\s*`, 'iu');

// Of servers and filters: `[EXTERNAL]`, `***SPAM***`, `{Spam?}`, `[Ticket #12]`. Other brackets are the writer's own.
const MARK_WORDS = `((warning|caution|attention|uwaga|atención|atenção|attenzione)\\s*[:!-]?\\s*)?(${OUTSIDE})|${UNWANTED}|${[
  'unsure|unchecked|suspicious|caution|warning|virus\\??|newsletter|(newsletter/)?marketing|encrypt(ed)?|secure|signed',
  '(disarmed|filename|fraud|dangerous content)\\??|jira',
  '(ticket|case|issue|request|zgłoszenie|incident)?\\s*[#:]?\\s*(id)?\\s*[#:]?\\s*[a-z]{0,6}-?\\d{2,20}',
].join('|')}`;
const STARS = `\\*{2,5}\\s*(${MARK_WORDS})\\s*\\*{2,5}|\\*(${OUTSIDE})\\*`;
const MARK = new RegExp(
  `^(\\[(${MARK_WORDS})\\]|\\{(${MARK_WORDS})\\}|\\((${MARK_WORDS})\\)|<(${MARK_WORDS})>|${STARS})\\s*[:-]?\\s*`,
  'iu',
);
const MARK_AT_END = new RegExp(`\\s*(\\[(${MARK_WORDS})\\]|\\((${OUTSIDE})\\)|${STARS})$`, 'iu');

// Before an answer's own mark it is a ticket system's, whatever that calls itself: `[Acme #12] Re: Offer`.
const TICKET = /^\[[^[\]]{1,60}#\s?\d{1,20}\]\s*/u;

function withoutTicket(subject: string): string {
  const rest = subject.replace(TICKET, '');
  return PREFIX.test(rest.replace(MARK, '')) ? rest : subject;
}

function peel(subject: string): { bare: string; prefixes: number } {
  let bare = subject
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  let prefixes = 0;
  for (;;) {
    const inner = withoutTicket(bare).replace(PREFIX, '').replace(RECEIVED, '');
    if (inner !== bare) prefixes += 1;
    const next = inner.replace(MARK, '').replace(BARE_MARK, '').replace(MARK_AT_END, '');
    if (next === bare) return { bare, prefixes };
    bare = next;
  }
}
