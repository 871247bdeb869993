import { z } from 'zod';
import { id, listOf, name, person, personRef } from '../common.ts';

export const department = z.object({ id, name: z.string(), parent: id.nullable(), head: person.nullable() });
export type Department = z.infer<typeof department>;
export const departments = listOf(department);

const parent = z.union([id, name], 'A department: an id or a name');
export const departmentBody = z.strictObject({ name, parent: parent.nullish(), head: personRef.nullish() });
export const departmentPatch = departmentBody.partial();
