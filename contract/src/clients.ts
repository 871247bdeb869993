import { z } from 'zod';
import { id, listOf, name, pageQuery, person, personRef, time } from './common.ts';

const email = z.string().trim().max(320);
const phone = z.string().trim().max(100);
const values = z.record(z.string(), z.json());

const shared = { responsible: personRef.nullish(), fields: values.optional() };
const addresses = { emails: z.array(email).max(50).optional(), phones: z.array(phone).max(50).optional() };

/** `{name | firstName, lastName, emails, phones}` */
export const contactBody = z
  .strictObject({
    ...{ name: name.optional(), firstName: name.nullish(), lastName: name.nullish() },
    ...addresses,
    company: id.nullish(),
    ...shared,
  })
  .refine((body) => body.name ?? body.firstName ?? body.lastName, {
    path: ['name'],
    error: 'Give name, or firstName and lastName',
    params: { code: 'required' },
  });
export type ContactBody = z.infer<typeof contactBody>;
export const contactPatch = z.strictObject({
  ...{ name: name.optional(), firstName: name.nullish(), lastName: name.nullish() },
  ...addresses,
  company: id.nullish(),
  ...shared,
});
export const companyBody = z.strictObject({ name, ...addresses, ...shared });
export type CompanyBody = z.infer<typeof companyBody>;
export const companyPatch = companyBody.partial();

const client = {
  id,
  name: z.string(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  responsible: person.nullable(),
  fields: values,
  createdAt: time,
  updatedAt: time,
};
export const contact = z.object({
  ...client,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  company: id.nullable(),
});
export type Contact = z.infer<typeof contact>;
export const company = z.object(client);
export type Company = z.infer<typeof company>;
export const contacts = listOf(contact);
export const companies = listOf(company);
export const clientsQuery = z.strictObject({ ...pageQuery, q: z.string().max(200).optional() });
export const clientsCsvQuery = clientsQuery.pick({ q: true }).strict();
