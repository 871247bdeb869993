/** Longer lines are no heads of quotations; what looks at them looks at no more. */
const MAX_HEAD = 400;

// Where the moment stands behind the word: "Ana escreveu (segunda, 30/11/2026 à(s) 10:00):".
const WHEN = '( (on|am|le|el|em|no dia|il|w dniu|dnia|op|den) .{3,100}| \\(.{3,80}\\))?';
const behind = (word: string) => new RegExp(`^.{2,300} ${word}${WHEN} ?:$`, 'iu');

// "On … wrote:" as mail programs write it, over one line to three; each with a digit of its date or an address.
const heads: readonly RegExp[] = [
  /^on .{5,300} wrote ?:?$/i,
  behind('wrote'),
  /^wiadomość napisana (przez|w dniu) .{5,300} ?:$/iu,
  /^(w dniu|dnia|w) .{3,300} (pisze|napisał(a|\(a\)|\/a)?|użytkownik .{1,200}) ?:?$/iu,
  behind('(napisał(a|\\(a\\)|\\/a)?|pisze)'),
  /^(el|en) .{5,300} escribi(ó|o) ?(lo siguiente)? ?:$/iu,
  behind('escribi(ó|o)'),
  /^(em|no dia|na|a) .{5,300} escreveu ?:$/i,
  behind('escreveu'),
  /^(il( giorno)?|in data|da|le) .{5,300} (ha )?scritto ?:$/i,
  behind('ha scritto'),
  /^am .{5,300} schrieb.{0,200}:$/i,
  /^.{5,300} schrieb.{0,100}:$/i,
  behind('a écrit'),
  /^op .{3,300} (schreef|heeft).{0,200}:$/i,
  /^(den|på|pe|ti|ke|to|ma|la|su) .{3,300} (skrev|kirjoitti).{0,200}:$/iu,
  /^.{5,300} (пишет|написал(а|\(а\))?) ?:$/iu,
  /^在.{3,300}写道 ?[:：]$/u,
  /^.{5,300}(のメッセージ|작성) ?[:：]$/u,
];

/** Whether a line, or a few joined, says who wrote what is quoted below. */
export function isQuoteHead(line: string): boolean {
  const bare = bareOf(line);
  if (bare.length > MAX_HEAD || !/[\d@]/.test(bare) || !/([:：]|wrote)$/iu.test(bare)) return false;
  return (
    heads.some((head) => head.test(bare)) || (/<\S{1,200}@\S{1,200}>\s*:$/.test(bare) && /\d{4}|\d[:.]\d\d/.test(bare))
  );
}

const SAYS =
  '(wrote|writes|said|says|mówi|dijo|dice|disse|sagte|pisze|pisał[a]?|napisał(a|\\(a\\)|\\/a)?|escribi[óo]|escribe|escreveu|escreve|scrive|(ha )?scritto|schrieb|schreibt|(a )?écrit|schreef|schrijft|skrev|skriver|пишет|написал(а|\\(а\\))?)';
const NAMED = new RegExp(
  `^(.{1,200}?)[, ]+${SAYS}( (on|am|w|we|wczoraj|yesterday|lo siguiente|el|em|na|il) ?.{0,30})? ?[:：]$`,
  'iu',
);
const QUOTING =
  /^(quoting|message from|wiadomość od|mensaje de|mensagem de|messaggio (da|di)|nachricht von|message de|cytowanie|cytat z|zitat von|citando( a)?|citação de|citazione di|citation de) .{1,200}[:：]$/iu;
// What makes of it a sentence about somebody's words.
const SENTENCE = /(^|\s)(what|co|czego|qué|que|che|was|ce que|quello|wat|vad)(\s|$)/iu;
const MOST_NAMES = 8;
const MOST_WORDS = 4;

/**
 * Whether a line may be the head of a quotation by its form alone, with neither date nor address: a name and "wrote". People end sentences
 * so too, therefore it is one only directly above marked lines.
 */
export function isBareHead(line: string): boolean {
  const bare = bareOf(line).replace(/^-{2,10} (\S.*\S) -{2,10}$/, '$1:');
  if (bare.length > MAX_HEAD) return false;
  if (QUOTING.test(bare)) return true;
  const [, who] = NAMED.exec(bare) ?? [];
  if (who === undefined || SENTENCE.test(who) || /[.!?;]\s/.test(who.replace(/\b\p{L}{1,3}\. ?/gu, ''))) return false;
  const words = who.split(' ');
  const isNamed = words.every((word) => /^[^\p{Ll}]/u.test(word) || word.replaceAll('.', '').length <= 3);
  return words.length <= (isNamed ? MOST_NAMES : MOST_WORDS);
}

/** Whether a line can be the first of a head that goes on below. */
export function beginsHead(line: string): boolean {
  return /^(on|le|am|op|il|in data|el|em|no dia|den|på|dnia|w dniu|\p{L}{2,4}\.?,?)\s.*[\d@]/iu.test(bareOf(line));
}

// Without marks below it a head must be beyond doubt: `In 2024 you wrote:` may be the writer's own sentence.
const DATED = /^(on|le|am|op|il|in data|el|em|no dia|den|dnia|w dniu)\s.*\b(19|20)\d\d\b/i;

/** Whether all that follows such a head is quoted though nothing marks it. */
export function isSureHead(line: string): boolean {
  const bare = bareOf(line);
  return /@|\d[:.]\d\d/.test(bare) || DATED.test(bare);
}

const ORIGINAL =
  /^[-_–—*]{1,40}\s*(original message|original appointment|wiadomość oryginalna|oryginalna wiadomość|mensaje original|mensagem original|messaggio originale|ursprüngliche nachricht|originalnachricht|message d['’]origine|oorspronkelijk bericht|oprindelig besked|ursprungligt meddelande|исходное сообщение)\s*[-_–—*]{0,40}$/iu;
const FORWARDED =
  /^([-–—*]{2,40}\s*(forwarded message( from .{1,200})?|(wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości)|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|weitergeleitete nachricht|message (transféré|réexpédié)|doorgestuurd bericht|пересылаемое сообщение)\s*[-–—*]{0,40}|(begin forwarded message|początek przekazywanej wiadomości|inicio del mensaje reenviado|início da mensagem encaminhada|inizio messaggio inoltrato|anfang der weitergeleiteten nachricht|début du message (transféré|réexpédié)) ?:)$/iu;

// `##- Please type your reply above this line -##` of help desks, in whatever language.
const REPLY_ABOVE = /^#{2,}\s?-?\s?\S.{5,120}\S\s?-?\s?#{2,}$/u;

export function isOriginalMark(line: string): boolean {
  if (line.length > MAX_HEAD) return false;
  const bare = bareOf(line);
  return ORIGINAL.test(bare) || REPLY_ABOVE.test(bare);
}

export function isForwardMark(line: string): boolean {
  return line.length <= MAX_HEAD && FORWARDED.test(bareOf(line));
}

// What Outlook and others write above what they quote, without marking its lines.
const labels = {
  from: /^(from|od|nadawca|de|remitente|da|mittente|von|van|från|fra|от)\s*:\s*\S/iu,
  others:
    /^(sent|date|to|cc|subject|wysłano|data( wysłania)?|do|dw|dla|temat|enviado( el| em)?|enviada( em)?|fecha|para|asunto|assunto|inviato|a|oggetto|gesendet|datum|an|betreff|envoyé|à|objet|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|отправлено|кому|тема)\s*:/iu,
};
const MOST_LABELS = 7;

/** Whether the head of a quoted message begins here: a sender, then at least two of date, receivers and subject. */
export function isHeadBlock(lines: readonly string[], at: number): boolean {
  if (!labels.from.test(bareOf(lines[at] ?? ''))) return false;
  const next = lines.slice(at + 1, at + 1 + MOST_LABELS).map(bareOf);
  return next.filter((line) => labels.others.test(line)).length >= 2;
}

// Out of emphasis (`*From:* …`), blanks, and the dashes that some put around it.
function bareOf(line: string): string {
  const bare = line
    .slice(0, 2 * MAX_HEAD)
    .replaceAll('*', ' ')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  const [, within] = /^-{2,10} (\S.*\S) -{2,10}$/.exec(bare) ?? [];
  return within !== undefined && /\d/.test(within) ? within : bare;
}
