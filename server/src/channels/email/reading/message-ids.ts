import { randomUUID } from 'node:crypto';

const MAX_LENGTH = 400;
const MAX_REFERENCES = 60;

/** Made before the first attempt to send and never changed, so that people can recognise a doubled mail (semantics.md 5.8). */
export function newMessageId(domain: string): string {
  return `<${randomUUID()}@${domain}>`;
}

/** The ids in a Message-ID, In-Reply-To or References header, each as `<…>`. Ids too long to be indexed are left out. */
export function messageIdsIn(header: string): string[] {
  const bracketed = header.match(/<[^<>\s]+>/g);
  const ids =
    bracketed ??
    header
      .split(/\s+/)
      .filter((id) => /^[^<>\s]+@[^<>\s]+$/.test(id))
      .map((id) => `<${id}>`);
  return ids.filter((id) => id.length <= MAX_LENGTH);
}

/** RFC 5322: what the answered mail referred to, then that mail; the oldest and the newest are kept when there are very many. */
export function referencesAfter(parent: { references: readonly string[]; messageId: string }): string[] {
  const all = [...parent.references.filter((id) => id !== parent.messageId), parent.messageId];
  return all.length <= MAX_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MAX_REFERENCES)];
}
