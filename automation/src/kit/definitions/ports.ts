import type { PersonFacts } from '../facts.ts';
import type { PersonRef } from '../values/people.ts';
import type { FieldValue } from '../values/values.ts';

/** Files of the item's file fields (by code) and files of the drive or uploaded (by id), together. */
export interface Attachments {
  readonly fields: readonly string[];
  readonly files: readonly number[];
}

/** Who is meant. Every method is called inside the run's transaction (semantics.md 5.7). */
export interface PeoplePort {
  /** In the order asked for; duplicates collapse, dismissed employees drop out. */
  resolve(refs: readonly PersonRef[]): Promise<readonly PersonFacts[]>;
  /** Those of `ids` who are away now. */
  absent(ids: readonly number[]): Promise<readonly number[]>;
  /** The one of `ids` with the fewest open items. */
  leastLoaded(ids: readonly number[]): Promise<number>;
  random(ids: readonly number[]): Promise<number>;
  /** The next of `ids` in turn for this rule. */
  nextInTurn(ids: readonly number[]): Promise<number>;
}

export interface NotificationsPort {
  notify(notification: {
    readonly text: string;
    readonly senderId: number | null;
    readonly recipientIds: readonly number[];
  }): Promise<void>;
}

export interface TimelinePort {
  comment(comment: { readonly text: string; readonly authorId: number | null }): Promise<void>;
}

export interface EmployeeMail {
  /** Null: the workspace's default mailbox. */
  readonly mailboxId: number | null;
  readonly toIds: readonly number[];
  readonly subject: string;
  readonly text: string;
  readonly showOnTimeline: boolean;
  readonly attachments: Attachments;
}

export interface ClientMail {
  readonly mailboxId: number | null;
  /** Null: the client's first address. */
  readonly to: string | null;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly track: boolean;
  readonly attachments: Attachments;
}

export interface MailPort {
  /** By id or address; null when there is none. */
  findMailbox(mailbox: number | string): Promise<number | null>;
  queueToEmployee(mail: EmployeeMail): Promise<{ readonly outboxIds: readonly number[] }>;
  /** Throws `Impossible` when the client has no address. */
  queueToClient(mail: ClientMail): Promise<{ readonly emailId: number }>;
}

export interface FieldChange {
  readonly field: string;
  readonly value: FieldValue;
  readonly mode: 'replace' | 'append';
}

export interface ItemsPort {
  /** Records one `item.changed` signal that carries the run's chain. */
  change(change: { readonly changes: readonly FieldChange[]; readonly byId: number | null }): Promise<void>;
  /** Throws `Impossible` (`loop`) when the chain would enter the stage twice (semantics.md 7). */
  changeStage(change: { readonly stage: string; readonly byId: number | null }): Promise<void>;
  /** Into a pipeline of the item's type, by id or name; `stage` null: its first one. Throws `Impossible` as `changeStage` does. */
  changePipeline(change: {
    readonly pipeline: number | string;
    readonly stage: string | null;
    readonly byId: number | null;
  }): Promise<void>;
  changeResponsible(change: { readonly toId: number; readonly byId: number | null }): Promise<void>;
}

/**
 * What a rule may do to the world; the server implements it, rows only, no network (semantics.md 5.7, 5.8). What only the rules
 * of one family do is added where they stand: `rules/<family>/port.ts` declares this interface once more, with its port.
 */
export interface Ports {
  readonly people: PeoplePort;
  readonly notifications: NotificationsPort;
  readonly timeline: TimelinePort;
  readonly mail: MailPort;
  readonly items: ItemsPort;
}
