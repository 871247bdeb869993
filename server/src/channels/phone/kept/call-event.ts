export type Direction = 'incoming' | 'outgoing';
export type CallState = 'ringing' | 'answered' | 'ended' | 'missed' | 'failed';

/** Whose phone it is: an employee of ours, or an extension of the exchange, which the line knows. */
export type EmployeeRef = { readonly id: number } | { readonly extension: string };

/** Something that a source tells of a call; in any order, as often as it likes. */
export interface CallEvent {
  /** Of the whole call, the same for all its legs, and of no other call of the line; cut at 200 characters. */
  readonly sourceCallId: string;
  /** One phone that rings. Absent: the call as such. */
  readonly leg?: string | undefined;
  /** By the source's clock; more than five minutes ahead of ours counts as now. */
  readonly at: Date;
  /** `leg-ended`: one phone stopped ringing or was put down; only `ended` ends the call. */
  readonly kind: 'ringing' | 'answered' | 'leg-ended' | 'ended';
  /** `internal` tells of a colleague who calls a colleague: no call of ours, and nothing is kept unless the call is known. */
  readonly direction?: Direction | 'internal' | undefined;
  /** The client's, however it is written; null: withheld. */
  readonly number?: string | null | undefined;
  /** Whose phone the leg is, or who made the call. */
  readonly employee?: EmployeeRef | undefined;
  /** A machine answered the leg: nobody did. */
  readonly voicemail?: boolean | undefined;
  /** As the source measured it; it knows better than we. */
  readonly talkSeconds?: number | undefined;
  /** What the source says became of it; without, whether anybody answered decides. */
  readonly outcome?: 'answered' | 'missed' | 'failed' | undefined;
  /** The exchange's own code, shown as it is. */
  readonly statusCode?: string | undefined;
  /** Where recordings of it lie, or will in a moment. */
  readonly recordings?: readonly string[] | undefined;
}
