import type { Caller } from './context.ts';

/** Who answers for what a transaction does, for the audit log. */
export interface Author {
  readonly via: 'session' | 'key' | 'rule' | 'command' | 'product' | 'nobody';
  /** The employee; null: nobody in particular. */
  readonly byId: number | null;
  /** The key or rule that acted for them. */
  readonly tool: { readonly id: string; readonly name: string } | null;
  /** The administrator who looks through this person's eyes. */
  readonly seenById: number | null;
  readonly session: string | null;
  /** The network address, as far as it is known. */
  readonly address: string | null;
}

const nobody = { byId: null, tool: null, seenById: null, session: null, address: null };
/** Signalbox by itself. */
export const product: Author = { via: 'product', ...nobody };
/** Somebody at the command line of the server. */
export const command: Author = { via: 'command', ...nobody };
/** Somebody who is not signed in. */
export const stranger = (address: string): Author => ({ via: 'nobody', ...nobody, address });

export function authorBy({ employeeId, via, seenBy, origin }: Caller): Author {
  const { key, session, address } = origin;
  const tool = key === null ? null : { id: String(key.id), name: key.name };
  return { via, byId: employeeId, tool, seenById: seenBy, session, address };
}

const authors = new WeakMap<object, Author>();

/** Says who answers for what `tx` does; whatever opens a transaction for somebody begins with it. */
export function sign(tx: object, author: Author): void {
  authors.set(tx, author);
}

export function authorOf(tx: object): Author {
  return authors.get(tx) ?? product;
}
