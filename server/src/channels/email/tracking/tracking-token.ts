import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a public tracking address stands for. A click names its link by place: the URL itself is looked up, never taken from the request. */
export type TrackingTarget =
  | { readonly kind: 'open'; readonly workspaceId: number; readonly emailId: number }
  | { readonly kind: 'click'; readonly workspaceId: number; readonly emailId: number; readonly link: number };

const MAC_BYTES = 16;

export function signTarget(key: Buffer, target: TrackingTarget): string {
  const body = bodyOf(target);
  return `${body}-${mac(key, body).toString('base64url')}`;
}

/** undefined for anything that we did not sign ourselves. Takes the same time however much of a forgery is right. */
export function readTarget(key: Buffer, token: string): TrackingTarget | undefined {
  const body = /^([oc](?:\.[0-9a-z]{1,11}){2,3})-/.exec(token)?.[1];
  if (body === undefined) return undefined;

  const given = Buffer.from(token.slice(body.length + 1), 'base64url');
  const expected = mac(key, body);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return parseBody(body);
}

function bodyOf(target: TrackingTarget): string {
  const ids = [target.workspaceId, target.emailId, ...(target.kind === 'click' ? [target.link] : [])];
  return [target.kind === 'open' ? 'o' : 'c', ...ids.map((id) => id.toString(36))].join('.');
}

function parseBody(body: string): TrackingTarget | undefined {
  const [kind, ...digits] = body.split('.');
  const [workspaceId, emailId, link] = digits.map((text) => Number.parseInt(text, 36));
  if (workspaceId === undefined || emailId === undefined) return undefined;
  if (kind === 'o') return link === undefined ? { kind: 'open', workspaceId, emailId } : undefined;
  return link === undefined ? undefined : { kind: 'click', workspaceId, emailId, link };
}

function mac(key: Buffer, body: string): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, MAC_BYTES);
}
