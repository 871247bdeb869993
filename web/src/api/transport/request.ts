import type { z } from 'zod';
import { isAttended } from './attended.ts';
import { askPassword } from './confirm-password.ts';
import { reportConnection } from './connection.ts';
import { Offline, Refusal } from './errors.ts';

type Query = Record<string, string | number | boolean | null | undefined>;

interface Call<Answer> {
  answer: z.ZodType<Answer>;
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

type Write<Answer> = Omit<Call<Answer>, 'answer'> & { answer?: z.ZodType<Answer> };

/** Reads; the answer is checked against the contract. */
export async function read<Answer>(path: string, call: Call<Answer>): Promise<Answer> {
  const response = await send('GET', path, call);
  return call.answer.parse(await response.json());
}

/** Writes; waits out a lost connection, and the key makes sure that the server does it once. */
export async function write<Answer = void>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  call: Write<Answer> = {},
) {
  const headers = { 'Idempotency-Key': crypto.randomUUID(), ...call.headers };
  const response = await patiently(() => send(method, path, { ...call, headers }));
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { body: call.answer ? call.answer.parse(body) : undefined, response };
}

/** Like `write` for the many calls whose caller wants only the parsed answer. */
export async function writeAndRead<Answer>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  call: Omit<Call<Answer>, 'signal'>,
): Promise<Answer> {
  const { response, body } = await write(method, path, call);
  if (body === undefined) throw new Refusal(response.status, undefined);
  return body;
}

/** Before a file is fetched by the browser itself: asks for the password if it is due, and throws when it was not given. */
export async function checkConfirmed(): Promise<void> {
  await send('GET', '/api/v1/session/confirm', {});
}

async function send(method: string, path: string, call: Omit<Call<unknown>, 'answer'>): Promise<Response> {
  const response = await fetchOrOffline(`${path}${searchOf(call.query)}`, {
    method,
    headers: { Accept: 'application/json', ...unattended(), ...bodyHeaders(call.body), ...call.headers },
    body: bodyText(call.body),
    signal: call.signal,
    credentials: 'same-origin',
  });
  if (response.ok) return response;

  const refusal = new Refusal(response.status, await response.json().catch(() => undefined));
  // What matters asks for the password again, and goes on where it stood.
  if (refusal.code === 'confirm-password' && (await askPassword())) return send(method, path, call);
  throw refusal;
}

async function fetchOrOffline(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    const answered = response.status !== 502 && response.status !== 504;
    reportConnection(answered);
    if (!answered) throw new Offline();
    return response;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    reportConnection(false);
    throw new Offline('', { cause: error });
  }
}

const waitsMs = [1000, 2000, 4000, 8000, 15_000];

async function patiently<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  for (const waitMs of waitsMs) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Offline)) throw error;
      await new Promise((resume) => setTimeout(resume, waitMs));
    }
  }
  return attempt();
}

// What a screen fetches by itself keeps no session alive (SESSION_IDLE_MINUTES).
const unattended = (): Record<string, string> => (isAttended() ? {} : { 'X-Unattended': '1' });

const bodyHeaders = (body: unknown): Record<string, string> =>
  body === undefined ? {} : { 'Content-Type': typeof body === 'string' ? 'text/yaml' : 'application/json' };

const bodyText = (body: unknown) => (typeof body === 'string' || body === undefined ? body : JSON.stringify(body));

function searchOf(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? '' : `?${search}`;
}
