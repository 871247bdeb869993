import type { MimePart } from '../decoding/mime-parts.ts';
import type { NewWords } from '../replies/new-words.ts';
import type { Mailbox } from './addresses.ts';

export interface ParsedAttachment {
  readonly name: string;
  readonly type: string;
  readonly contentId: string | null;
  readonly content: Buffer;
}

/** There are more parts than anybody sends; reading took too long, or failed; what was read could not be stored. */
export type Unreadable = 'too-many-parts' | 'too-long' | 'failed' | 'not-storable';

/** One incoming message as plain data. Every text can be kept by PostgreSQL. */
export interface ParsedEmail {
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** undefined when the message names nobody to answer. */
  readonly from: Mailbox | undefined;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** What of it is the writer's own, without what is quoted and the signature. */
  readonly fresh: NewWords;
  /** Headers worth keeping beside the raw message, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly ParsedAttachment[];
  readonly root: MimePart;
  /** The same for every delivery of the same mail (surroundings.md, E-mail); see identity.ts. */
  readonly identity: string;
  /** Why not all of it could be read as its writer meant it; the whole is in the raw message. */
  readonly unreadable: Unreadable | null;
}
