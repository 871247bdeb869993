import { z } from 'zod';
import { id, listOf, pageQuery, person, time } from './common.ts';

/** An upload above it is refused with 413. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;
/** All attachments of one e-mail together: mail servers rarely take more. */
export const MAX_ATTACHED_BYTES = 20 * 1024 * 1024;

/** What is known of an uploaded file; its content is at `/api/v1/files/:id`. */
export const fileInfo = z.object({
  id,
  /** As it was uploaded, without folders and unseen characters. */
  name: z.string(),
  /** As it was claimed; never trusted. */
  type: z.string(),
  /** Bytes. */
  size: z.int(),
  sha256: z.string(),
  author: person.nullable(),
  createdAt: time,
});
export type FileInfo = z.infer<typeof fileInfo>;
export const files = listOf(fileInfo);

const idList = z
  .string()
  .regex(/^\d{1,15}(,\d{1,15}){0,199}$/, 'Ids like 1,2,3, at most 200')
  .transform((text) => text.split(',').map(Number));
export const filesQuery = z.strictObject({ ...pageQuery, ids: idList.optional() });

/** `type`: the media type; `application/octet-stream` when left out. */
export const uploadQuery = z.strictObject({ name: z.string().min(1).max(1_000), type: z.string().max(200).optional() });
