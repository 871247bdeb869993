import { type RoleRights, roleRights } from '@signalbox/contract/people/rights.ts';
import { z } from 'zod';

/** A role as it stands in the form. */
export interface RoleDraft {
  readonly name: string;
  readonly rights: RoleRights;
  readonly secondFactor: boolean;
}

/** In the address, of a role that is being made. */
export const NEW = 'new';

const nameOf = (role: string) => `signalbox.draft.role.${role}`;
const kept = z.object({ name: z.string(), rights: roleRights, secondFactor: z.boolean() });

/** What was changed of a role and not saved, in this tab; null: nothing. */
export function findDraft(role: string): RoleDraft | null {
  try {
    return kept.safeParse(JSON.parse(sessionStorage.getItem(nameOf(role)) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

export function keepDraft(role: string, draft: RoleDraft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(nameOf(role));
    else sessionStorage.setItem(nameOf(role), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the survival of what was chosen, not the choosing.
  }
}
