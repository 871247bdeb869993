import { z } from 'zod';
import type { Answer, Context } from '../../../../platform/context.ts';
import { inWorkspace, type Tx } from '../../../../platform/db.ts';
import { conflict, notFound, UserError } from '../../../../platform/errors.ts';
import { type Route, route } from '../../../../platform/http/http.ts';
import { findTwilioCall } from './find-call.ts';
import {
  announceRecording,
  connectClient,
  endDial,
  type Hook,
  noteLeg,
  noteRecording,
  noteStatus,
  ringEmployees,
} from './hooks.ts';
import { isSigned } from './signature.ts';
import { findTwilioLine } from './twilio-line.ts';

const params = z.object({ line: z.coerce.number().int().positive() });
const body = z.record(z.string().max(200), z.string().max(4_000)).default({});
/** A call is over when its last word is this old; whoever speaks of it then repeats what was once overheard. */
const OVER_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

interface Door {
  readonly name: string;
  readonly summary: string;
  readonly work: (tx: Tx, hook: Hook) => Promise<string | null>;
  /** Recordings are ready when they are. */
  readonly overMs?: number;
}

const doors: readonly Door[] = [
  { name: 'voice', summary: 'Twilio asks what to do with a call: the phones of the line ring', work: ringEmployees },
  { name: 'connect', summary: 'The employee has taken it: Twilio calls the client', work: connectClient },
  { name: 'announce', summary: 'The client hears first that they are recorded', work: announceRecording },
  { name: 'leg', summary: 'A phone rings, is answered, or is put down', work: noteLeg },
  { name: 'ended', summary: 'Nobody rings or talks any more', work: endDial },
  { name: 'status', summary: 'A call has ended', work: noteStatus },
  { name: 'recording', summary: 'Where the recording of a call lies', work: noteRecording, overMs: DAY_MS },
];

/** The web hooks of a number at Twilio. What is not signed by its account is refused, and so is what repeats a call of long ago. */
export const twilioHooks = (context: Context): Route[] => doors.map((door) => hook(context, door));

const hook = (context: Context, { name, summary, work, overMs = OVER_MS }: Door) =>
  route({
    method: 'POST',
    path: `/hooks/twilio/:line/${name}`,
    summary,
    tag: 'Public',
    access: 'public',
    params,
    query: z.record(z.string(), z.string()),
    body,
    forms: true,
    consumes: ['application/x-www-form-urlencoded'],
    produces: 'text/xml',
    answers: { 200: z.string(), 204: null },
    async handle({ params: { line: id }, query, body: fields, request }): Promise<Answer> {
      const found = await findTwilioLine(context, id);
      if (found === undefined) throw notFound(`Line ${id}`);
      const url = `${context.config.publicUrl}${request.url}`;
      const signature = request.headers['x-twilio-signature'];
      const given = typeof signature === 'string' ? signature : undefined;
      // A token signs for its account alone, and what Twilio calls always names it.
      const isTheirs =
        isSigned(found.authToken, given, { url, params: fields }) && fields.AccountSid === found.accountSid;
      if (!isTheirs) throw forged();
      const now = context.clock.now();
      const { workspaceId } = found.channel;
      const said = await inWorkspace(context.databases.app, workspaceId, async (tx) => {
        const known = await findTwilioCall(tx, { lineId: id, query, fields });
        const endedAt = known?.ended_at ?? null;
        if (endedAt !== null && now.getTime() - endedAt.getTime() > overMs)
          throw conflict('call-over', 'This call is long over; a request about it is a repetition');
        const base = `${context.config.publicUrl}/hooks/twilio/${id}`;
        return work(tx, { twilio: found, known, query, fields, base, now });
      });
      if (said === null) return { status: 204 };
      return { status: 200, body: said, headers: { 'content-type': 'text/xml; charset=utf-8' } };
    },
  });

function forged(): UserError {
  const detail = 'The request is not signed by the Twilio account of this line; check its auth token and PUBLIC_URL';
  return new UserError({ status: 403, code: 'forged', title: 'Not signed', detail });
}
