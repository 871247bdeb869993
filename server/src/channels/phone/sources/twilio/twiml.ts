/** A phone that Twilio can ring: a number, a SIP address, a client of its own. */
export interface Phone {
  readonly kind: 'Number' | 'Sip' | 'Client';
  readonly address: string;
}

/** As the line names an employee's phone: `+48600700800`, `sip:ann@firm.test`, `client:ann`; undefined: Twilio cannot ring it. */
export function phoneOf(text: string | null | undefined): Phone | undefined {
  const named = (text ?? '').trim();
  if (/^sips?:\S{1,250}$/i.test(named)) return { kind: 'Sip', address: named };
  if (/^client:\S{1,120}$/i.test(named)) return { kind: 'Client', address: named.slice('client:'.length) };
  const number = named.replace(/[ ().-]/g, '');
  return /^\+\d{7,15}$/.test(number) ? { kind: 'Number', address: number } : undefined;
}

/** For the API, which tells them apart by how they begin. */
export const addressOf = ({ kind, address }: Phone) => (kind === 'Client' ? `client:${address}` : address);

/** What a voice reads out, by the language that it speaks: `pl-PL`. */
export interface Announcement {
  readonly voice: string;
  readonly text: string;
}

interface Dial {
  /** `announceUrl`: asked what whoever answers hears before they are connected. */
  readonly phones: readonly {
    readonly phone: Phone;
    readonly statusUrl: string;
    readonly announceUrl?: string | undefined;
  }[];
  /** What whoever calls hears first. */
  readonly announcement?: Announcement | undefined;
  /** Asked what comes next when the dial is over. */
  readonly actionUrl: string;
  /** Told where the recording lies; without, nothing is recorded. */
  readonly recordingUrl?: string | undefined;
  readonly callerId?: string | undefined;
  readonly ringSeconds: number;
}

/** All phones ring; whoever takes it first talks. */
export function dialTwiml(asked: Dial): string {
  const { phones, announcement, actionUrl, recordingUrl, callerId, ringSeconds } = asked;
  const record =
    recordingUrl === undefined ? {} : { record: 'record-from-answer', recordingStatusCallback: recordingUrl };
  const dial = attributes({
    ...{ action: actionUrl, method: 'POST', timeout: String(ringSeconds), answerOnBridge: 'true', callerId },
    ...record,
  });
  const events = { statusCallbackEvent: 'initiated ringing answered completed', statusCallbackMethod: 'POST' };
  const rung = phones.map(({ phone, statusUrl, announceUrl }) => {
    const told = attributes({ ...events, statusCallback: statusUrl, url: announceUrl });
    return `<${phone.kind}${told}>${escaped(phone.address)}</${phone.kind}>`;
  });
  const said = announcement === undefined ? '' : say(announcement);
  return response(`${said}<Dial${dial}>${rung.join('')}</Dial>`);
}

/** Nothing, or what is said, and on with the call. */
export const sayTwiml = (announcement: Announcement | undefined) =>
  response(announcement === undefined ? '' : say(announcement));

export const hangupTwiml = () => response('<Hangup/>');
/** Nobody can be rung: Twilio does not take the call. */
export const rejectTwiml = () => response('<Reject reason="busy"/>');

const say = ({ voice, text }: Announcement) => `<Say${attributes({ language: voice })}>${escaped(text)}</Say>`;
const response = (verbs: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${escaped(value)}"`))
    .join('');
}

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
