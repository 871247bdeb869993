import type { WorkingCalendar } from './values/calendar.ts';
import type { Presence } from './values/presence.ts';
import type { FieldSpec, FieldValue, Instant } from './values/values.ts';

/** Everything a decision or a rule may look at, as plain data (semantics.md 3.7). */
export interface PersonFacts {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly departmentId: number | null;
  readonly supervisorId: number | null;
  readonly phone: string | null;
  /** Absent: nothing is known, company hours count. */
  readonly presence?: Presence;
}

export interface ClientFacts {
  readonly kind: 'contact' | 'company';
  readonly id: number;
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export type Values = Readonly<Record<string, FieldValue>>;

export interface ItemFacts {
  readonly id: number;
  readonly type: string;
  readonly pipelineId: number;
  readonly stageId: number;
  /** By code: the standard names (`title`, `amount`, `responsible`, `createdAt` …) and the custom fields. */
  readonly values: Values;
  /** The specs of the item's type; one shared list for all items of a type. */
  readonly fields: readonly FieldSpec[];
  /** The specs of its clients' fields; absent: nothing is known of them. */
  readonly clientFields?: Readonly<Record<ClientFacts['kind'], readonly FieldSpec[]>>;
  readonly client: ClientFacts | null;
  readonly contact: ClientFacts | null;
  readonly company: ClientFacts | null;
  readonly responsible: PersonFacts | null;
  readonly creator: PersonFacts | null;
  /** The latest tied thing of each kind, e.g. `tied.invoice.paymentDate`. */
  readonly tied: Readonly<Record<string, Values>>;
}

/** The moves that led here (semantics.md 7); plain JSON, kept with signals, moves and runs. */
export interface Chain {
  /** By item id: the stage on which the item stood when the chain reached it. */
  readonly origin: Readonly<Record<number, number>>;
  readonly entered: readonly { readonly item: number; readonly stage: number }[];
  /** It goes no further: what a person takes back of a rule starts nothing again. */
  readonly ended?: 'undo' | undefined;
}

export interface SignalFacts {
  readonly id: number;
  readonly kind: string;
  readonly occurredAt: Instant;
  /** Checked against the kind's schema when it was recorded, trusted here. */
  readonly payload: unknown;
  readonly chain: Chain | null;
  /** The weighed machine evidence: false = a machine, null = not weighed (semantics.md 9.1). */
  readonly person: boolean | null;
}

/** Who is who, by the names that people write in settings; absent when nothing needs it. */
export interface Directory {
  readonly byEmail: Readonly<Record<string, number>>;
  readonly departments: Readonly<Record<string, readonly number[]>>;
  readonly roles: Readonly<Record<string, readonly number[]>>;
  readonly heads: Readonly<Record<string, number>>;
  /** By id, also of those who have left: the name, or the e-mail address where two share a name. */
  readonly names?: Readonly<Record<number, string>>;
}

export interface WorkspaceFacts {
  readonly timeZone: string;
  readonly currency: string;
  /** By currency: how much of the workspace's currency one unit is worth, decimal text. */
  readonly rates: Readonly<Record<string, string>>;
  readonly language: string;
  /** Null: every moment is working time. */
  readonly calendar: WorkingCalendar | null;
  readonly directory?: Directory;
}

/** What earlier rules of the visit gave, by the rule's id (semantics.md 5.6). */
export type Results = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a rule may look at when it runs. */
export interface RunFacts {
  readonly item: ItemFacts;
  readonly workspace: WorkspaceFacts;
  /** The signal that moved the item here, if one did. */
  readonly signal: SignalFacts | null;
  readonly results: Results;
}
