import { storable } from '../decoding/decode.ts';
import { type Mailbox, normalAddress } from '../reading/addresses.ts';
import { parseEmail } from '../reading/parse-email.ts';
import type { ParsedEmail } from '../reading/parsed-email.ts';

/** A letter inside another one that passes it on. */
export interface Forwarded {
  readonly from: Mailbox;
  readonly subject: string;
  readonly text: string;
}

const MAX_ENCLOSED = 2_000_000;
const MAX_FOUND = 20;

/** The letters that a message passes on, enclosed as files or below its own text, in the order in which they stand there. Pure. */
export function findForwarded(email: ParsedEmail): readonly Forwarded[] {
  const enclosed = email.attachments.filter(({ type, name }) => type === 'message/rfc822' || /\.eml$/i.test(name));
  const files = enclosed.slice(0, 5).flatMap(({ content }) => {
    const { from, subject, text } = parseEmail(content.subarray(0, MAX_ENCLOSED));
    return from === undefined ? [] : [{ from, subject, text }];
  });
  return [...files, ...inline(email)].slice(0, MAX_FOUND);
}

const FORWARDED_SUBJECT =
  /^\s*(\[[^\]]*\]\s*|\*+\w+\*+\s*)*(fwd?|wg|pd|przek|podaj dalej|tr|rv|reenv|enc|res\/enc|i|inol|doorst|vb|vl|továbbítás|пересл)\s*(\[\d+\])?\s*[:：]/i;

/** What programs write above a letter that they pass on; "original message" stands above quoted answers too. */
const MARK =
  /(forwarded (message|by|email)|przekazan[aey]|przekazywanej|przesłan[aey] dalej|reenviad[oa]|(re)?encaminhad[ao]|inoltrat[oa]|weitergeleitete|message transféré)/i;

const MAX_LINES = 4_000;

function inline({ subject, text }: ParsedEmail): Forwarded[] {
  const lines = text.slice(0, 400_000).split('\n', MAX_LINES).map(bare);
  const isForward = FORWARDED_SUBJECT.test(subject);
  const heads: Head[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const head = headAt(lines, at);
    if (head === undefined) continue;
    const above = lines.slice(Math.max(0, at - 3), at).join('\n');
    if (isForward || MARK.test(above)) heads.push(head);
    at = head.end;
  }
  return heads.map(({ from, subject: told, end }, index) => {
    const next = heads[index + 1]?.start ?? lines.length;
    return {
      from,
      subject: told,
      text: lines
        .slice(end + 1, next)
        .join('\n')
        .trim(),
    };
  });
}

// Quoted or bold: `> From:`, `*Od:*`.
const bare = (line: string) =>
  line
    .replace(/^[\s>|]+/, '')
    .replace(/^\*([^*]{1,30}:)\*/, '$1')
    .replace(/^\*([^*:]{1,30})\*:/, '$1:');

const labels = {
  from: /^(from|von|od|nadawca|de|remitente|remetente|da|mittente|van|från|fra)$/,
  subject: /^(subject|betreff|temat|asunto|assunto|oggetto|objet|onderwerp)$/,
  date: /^(date|sent|datum|gesendet|data|wysłano|wysłane|fecha|enviado|enviada|enviado el|enviado em|inviato|inviata|envoyé|verzonden)$/,
  to: /^(to|an|do|adresat|para|destinatario|destinatário|a|per|à|aan|till|til|cc|kopia|dw|cco|reply-to|odpowiedz do|responder a|rispondi a)$/,
} as const;

interface Head {
  readonly from: Mailbox;
  readonly subject: string;
  readonly start: number;
  /** Its last line. */
  readonly end: number;
}

const MAX_HEAD = 12;

/** Lines such as `From:`, `Date:`, `Subject:`, `To:` in any order, at least three of them, with an address. */
function headAt(lines: readonly string[], start: number): Head | undefined {
  const found: Partial<Record<keyof typeof labels, string>> = {};
  let count = 0;
  let end = start - 1;
  for (let at = start; at < Math.min(lines.length, start + MAX_HEAD); at += 1) {
    const line = lines[at] ?? '';
    const field = fieldOf(line);
    if (field === undefined && (count === 0 || !isBetween(lines, at))) break;
    if (field === undefined) continue;
    found[field.label] ??= field.value;
    count += 1;
    end = at;
  }
  const from = found.from === undefined ? undefined : mailboxIn(found.from);
  const isHead = count >= 3 && (found.subject !== undefined || found.date !== undefined);
  return from === undefined || !isHead ? undefined : { from, subject: found.subject ?? '', start, end };
}

// An empty line or the rest of a long one, with a further field right below.
function isBetween(lines: readonly string[], at: number): boolean {
  return fieldOf(lines[at + 1] ?? '') !== undefined && (lines[at] ?? '').length < 200;
}

function fieldOf(line: string): { label: keyof typeof labels; value: string } | undefined {
  const parts = /^([\p{L}][\p{L} -]{0,20}?)\s?[:：]\s*(.*)$/u.exec(line);
  const name = parts?.[1]?.toLowerCase() ?? '';
  const label = (['from', 'subject', 'date', 'to'] as const).find((one) => labels[one].test(name));
  return label && { label, value: (parts?.[2] ?? '').trim() };
}

/** `Ada <ada@a.example>`, `Ada [mailto:ada@a.example]`, `ada@a.example`, `Ada (ada@a.example)`. */
function mailboxIn(value: string): Mailbox | undefined {
  const found = /[^\s<>[\]():;,"'*]+@[^\s<>[\]():;,"'*]+/.exec(value.slice(0, 500).replace(/mailto:/gi, ' '));
  const address = found && normalAddress(found[0]);
  if (!address) return undefined;
  const before = value.replace(/mailto:.*$/i, '').split(found[0])[0] ?? '';
  return { address, name: storable(before.replace(/[<[("'*\s]+$/, '').replace(/^["'*\s]+/, '')).slice(0, 300) };
}
