import { type RawBuilder, sql } from 'kysely';
import { ownTurn, SLICE_BYTES } from '../apart/breathe.ts';
import type { Tx } from '../db.ts';

let sent = 0;

/**
 * What a statement of this transaction takes for these bytes. What is long goes to PostgreSQL before it, slice by slice, into a table that
 * ends with the transaction, and is joined there: as one parameter it would be copied on the main thread as a whole, several times.
 */
export async function sendBytes<B extends Uint8Array | null>(
  tx: Tx,
  bytes: B,
): Promise<Buffer | RawBuilder<Buffer> | Extract<B, null>>;
export async function sendBytes(tx: Tx, bytes: Uint8Array | null): Promise<Buffer | RawBuilder<Buffer> | null> {
  if (bytes === null) return null;
  if (bytes.length <= SLICE_BYTES) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  sent += 1;
  const one = sent;
  await sql`create temporary table if not exists signalbox_slices (one bigint, number int, slice bytea) on commit drop`.execute(
    tx,
  );
  for (let from = 0, number = 0; from < bytes.length; from += SLICE_BYTES, number += 1) {
    await ownTurn();
    const slice = bytes.subarray(from, from + SLICE_BYTES);
    await sql`insert into pg_temp.signalbox_slices values (${one}, ${number}, ${Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength)})`.execute(
      tx,
    );
  }
  return sql<Buffer>`(select string_agg(slice, ''::bytea order by number) from pg_temp.signalbox_slices where one = ${one})`;
}
